"""
Keeping a short text unreadable in the database: an address, where somebody wants to hear of theirs.

What it protects: a stolen copy of the database, a backup, or a look into the tables shows no
address, not how long one is beyond 48 characters more or less, not when it was written down, and
not that two rows hold the same one. A changed text is refused.

What it does not: who has the database and a key reads everything. So the key lies outside the
database (SEALING_KEYS, or SECRET_KEY where none is given) and is backed up apart from it. Without
the key nothing sealed is ever read again.
"""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from portal.secret_keys import derived_key, secrets_for

BLOCK = 48
MARK = b"\x80"
_of_before: ContextVar[tuple[str, ...]] = ContextVar("_of_before", default=())


class CannotUnsealError(Exception):
    """None of the keys opens it, or it was changed. Says nothing of the content."""


def seal(text: str) -> bytes:
    """Return what is kept instead of `text`: different each time, opened by `unseal`."""
    padded = text.encode() + MARK
    padded += b"\0" * (-len(padded) % BLOCK)
    # A Fernet token begins with the second it was made at: the moment of an anonymous submission.
    return _box().encrypt_at_time(padded, 0)


def unseal(sealed: bytes | memoryview) -> str:
    """Return the text that was sealed, under any of the keys in use; raises CannotUnsealError."""
    try:
        padded = _box().decrypt(bytes(sealed))
    except InvalidToken:
        raise CannotUnsealError from None
    return padded.rpartition(MARK)[0].decode()


def reseal(sealed: bytes | memoryview) -> bytes:
    """Seal the text under today's first key, so that an older one can go; CannotUnsealError."""
    try:
        return _box().rotate(bytes(sealed))
    except InvalidToken:
        raise CannotUnsealError from None


def secrets_in_use() -> Iterator[str | bytes]:
    """Yield the secrets that keys are made of: the first seals, all of them open."""
    yield from secrets_for(settings.SEALING_KEYS)
    yield from _of_before.get()


@contextmanager
def opened_by(secrets: Sequence[str]) -> Iterator[None]:
    """Have these secrets open what they sealed as well, which no setting holds any more."""
    token = _of_before.set(tuple(secrets))
    try:
        yield
    finally:
        _of_before.reset(token)


def _box() -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in secrets_in_use()])


def _fernet(secret: str | bytes) -> Fernet:
    key = derived_key(secret, "portal.notifications.sealing")
    return Fernet(base64.urlsafe_b64encode(key))
