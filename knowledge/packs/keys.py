"""
The keys that sign packs: Ed25519, outside the database, as those of the record.

A key is made of a secret in PACK_KEY, or of SECRET_KEY where none is given; so the same secret
gives the same key on every server.
"""

from collections.abc import Iterator
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.encoding import force_bytes


def sign(content: bytes) -> bytes:
    """Return the signature of today's key over some bytes: 64 bytes."""
    return _private(next(_secrets())).sign(content)


def public_keys() -> list[str]:
    """Return the public keys of all secrets in the settings as PEM; the first signs."""
    return list(dict.fromkeys(_pem(_private(secret)) for secret in _secrets()))


def _secrets() -> Iterator[str | bytes]:
    yield from settings.PACK_KEY
    # Last and always, so that what was signed before PACK_KEY was given still holds.
    yield settings.SECRET_KEY
    yield from settings.SECRET_KEY_FALLBACKS


@lru_cache
def _private(secret: str | bytes) -> Ed25519PrivateKey:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"knowledge.packs.keys")
    return Ed25519PrivateKey.from_private_bytes(derived.derive(force_bytes(secret)))


def _pem(key: Ed25519PrivateKey) -> str:
    form = PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(Encoding.PEM, form).decode()
