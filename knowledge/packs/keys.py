"""
The keys that sign packs: Ed25519, outside the database, as those of the record.

A key is made of a secret in PACK_KEY, or of SECRET_KEY where none is given; so the same secret
gives the same key on every server.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from portal.secret_keys import derived_key, secrets_for


def sign(content: bytes) -> bytes:
    """Return the signature of today's key over some bytes: 64 bytes."""
    return _private(next(secrets_for(settings.PACK_KEY))).sign(content)


def public_keys() -> list[str]:
    """Return the public keys of all secrets in the settings as PEM; the first signs."""
    secrets = secrets_for(settings.PACK_KEY)
    return list(dict.fromkeys(_pem(_private(secret)) for secret in secrets))


@lru_cache
def _private(secret: str | bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived_key(secret, "knowledge.packs.keys"))


def _pem(key: Ed25519PrivateKey) -> str:
    form = PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(Encoding.PEM, form).decode()
