"""
What is kept of a file that somebody asked for: sealed, for ten minutes, in the cache "made".

A token is two halves of chance. The first is the key, and stands nowhere but in the address that
was given out; a hash of the second is what it is kept under. Whoever reads the cache opens nothing.
"""

import hashlib
import json
import secrets
import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.core.cache import caches

KEPT_FOR = 600  # seconds, from when it was asked for, and again from when it was made
LOST_AFTER = 120  # seconds without a sign of it
HALF = 43  # signs: 32 bytes as base64 without what fills it up

WAITING, READY, FAILED, LOST = "waiting", "ready", "failed", "lost"
UNAVAILABLE, FULL = "unavailable", "full"


@dataclass(frozen=True)
class Asked:
    """
    A file that somebody asked for, and what became of it.

    `seen` is when it last was known to wait or be worked on, in seconds since 1970; `back` the
    path of the page that it was asked from. `name`, `content_type` and `size` (bytes) are those of
    the file once it is ready.
    """

    maker: str
    data: dict[str, Any] = field(repr=False)
    language: str
    back: str
    state: str = WAITING
    seen: float = 0.0
    name: str = ""
    content_type: str = ""
    size: int = 0


def new_token() -> str:
    """Return a token that nobody has."""
    return Fernet.generate_key().decode().rstrip("=") + secrets.token_urlsafe(32)


def keep(token: str, asked: Asked) -> None:
    """Keep what was asked for as it stands now. Raises StoreAway."""
    written = json.dumps(asdict(replace(asked, seen=time.time())))
    _put(token, "asked", written.encode())


def keep_file(token: str, content: bytes) -> None:
    """Keep the file itself. Raises StoreAway."""
    _put(token, "file", content)


def look(token: str) -> Asked | None:
    """
    Return what was asked for; None where nothing is kept. Raises StoreAway.

    What gave no sign for two minutes was lost with its process.
    """
    if (written := _get(token, "asked")) is None:
        return None
    asked = Asked(**json.loads(written))
    if asked.state == WAITING and asked.seen < time.time() - LOST_AFTER:
        return replace(asked, state=LOST)
    return asked


def file(token: str) -> bytes | None:
    """Return the file; None where none is kept. Raises StoreAway."""
    return _get(token, "file")


def _put(token: str, what: str, content: bytes) -> None:
    sealed = Fernet(_key(token)).encrypt(content).decode()
    caches["made"].set(_place(token, what), sealed, KEPT_FOR)


def _get(token: str, what: str) -> bytes | None:
    if len(token) != 2 * HALF or not token.isascii():
        return None
    sealed = caches["made"].get(_place(token, what))
    if sealed is None:
        return None
    try:
        return Fernet(_key(token)).decrypt(sealed.encode(), ttl=KEPT_FOR)
    except (InvalidToken, ValueError):
        return None


def _key(token: str) -> bytes:
    return f"{token[:HALF]}=".encode()


def _place(token: str, what: str) -> str:
    return hashlib.sha256(f"{what} {token[HALF:]}".encode()).hexdigest()
