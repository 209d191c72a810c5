"""Keys that lie outside the database: each made of a secret of the settings, for one purpose."""

from collections.abc import Iterable, Iterator

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


def secrets_for(own: Iterable[str]) -> Iterator[str | bytes]:
    """Yield the secrets of a purpose: its own ones, and then those that every purpose has."""
    yield from own
    # Last and always, so that what was made before it had secrets of its own still holds.
    yield settings.SECRET_KEY
    yield from settings.SECRET_KEY_FALLBACKS


def derived_key(secret: str | bytes, purpose: str) -> bytes:
    """Return 32 bytes that nobody has without the secret; other ones for each purpose."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return derivation.derive(force_bytes(secret))
