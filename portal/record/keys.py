"""
The keys that sign: Ed25519, outside the database, their public halves in the record.

They sign receipts, published roots, and each export's list of those.

Whoever reads or changes the database cannot sign, so what a receipt promises is the portal's word.
A key is made of a secret in RECORD_KEYS, or of SECRET_KEY where none is given; so the same secret
gives the same key on every server.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from portal.record.hashing import canonical
from portal.record.models import Entry, SigningKey
from portal.secret_keys import derived_key, secrets_for

KIND = "record.key"


def message(kind: str, stated: Mapping[str, Any]) -> bytes:
    """Return the bytes that a signature is over: what is stated, and as what."""
    return f"{kind}\n{canonical(stated)}".encode()


def sign(message: bytes) -> tuple[str, str]:
    """Return the public key that signs today and its signature, both in hexadecimal."""
    key = _private(next(secrets_for(settings.RECORD_KEYS)))
    return _public(key), key.sign(message).hex()


def signed(kind: str, stated: Mapping[str, Any], size: int) -> dict[str, Any]:
    """
    Return what is stated with the key that signs it and the signature over all of that.

    The key is one that the first `size` entries of the record name, so that whoever has them knows
    it; where they name none that is in use, the first.
    """
    able = {_public(key): key for key in map(_private, secrets_for(settings.RECORD_KEYS))}
    named = dict(SigningKey.objects.filter(key__in=able).values_list("record_leaf", "key"))
    there = Entry.objects.filter(leaf__in=named, index__lt=size).values_list("leaf", flat=True)
    known = {named[leaf] for leaf in there}
    public = next((key for key in able if key in known), next(iter(able)))
    whole = {**stated, "key": public}
    return {**whole, "signature": able[public].sign(message(kind, whole)).hex()}


def holds(key: str, signature: str, message: bytes) -> bool:
    """Say whether the private half of `key` made `signature` over `message`; both in hex."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def in_use() -> list[str]:
    """Return the public keys of all secrets in the settings; the first signs."""
    secrets = secrets_for(settings.RECORD_KEYS)
    return list(dict.fromkeys(_public(_private(secret)) for secret in secrets))


def published() -> list[str]:
    """Return every public key that receipts are accepted from: in use, or once in the record."""
    kept = SigningKey.objects.order_by("key").values_list("key", flat=True)
    return sorted({*in_use(), *kept})


@lru_cache
def _private(secret: str | bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived_key(secret, "portal.record.keys"))


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()
