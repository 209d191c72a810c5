"""
Files that wait on the disk, each sealed under a key of its own that only memory holds.

What is read is destroyed: the file is deleted and its key forgotten, so that nothing opens what a
disk may still have of it.
"""

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ONCE = bytes(12)  # a key seals one file and nothing more, so nothing has to differ beside it


class Sealed(NamedTuple):
    """A sealed file's place, and the key that opens it: never written, never logged."""

    path: Path
    key: bytes

    def __repr__(self) -> str:
        return f"Sealed({self.path.name})"


class SealBroken(Exception):  # noqa: N818 - said of files, not of the program
    """A seal that does not open: what was sealed is gone, or is not what was sealed."""


def seal(data: bytes, path: Path) -> Sealed:
    """Write bytes to a new file that only the portal's own user may read. Raises OSError."""
    key = secrets.token_bytes(32)
    sealed = AESGCM(key).encrypt(ONCE, data, None)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
    except OSError:  # the disk is full
        path.unlink(missing_ok=True)
        raise
    return Sealed(path, key)


def open_once(sealed: Sealed) -> bytes:
    """Return what was sealed and destroy it. Raises SealBroken."""
    try:
        data = sealed.path.read_bytes()
        return AESGCM(sealed.key).decrypt(ONCE, data, None)
    except (OSError, InvalidTag):
        raise SealBroken from None
    finally:
        destroy(sealed)


def destroy(sealed: Sealed) -> None:
    """Delete what nobody is going to read."""
    sealed.path.unlink(missing_ok=True)
