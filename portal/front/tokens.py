"""
A token for each table, the same for all processes, and another one after each change.

On one machine they lie in a small file that all processes have in their memory. Where several
machines serve (REDIS_URL), they lie in Redis. Neither tells what was changed, nor when.
"""

import logging
import mmap
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from redis import Redis, RedisError

logger = logging.getLogger(__name__)

EVERY_TABLE = "*"
SLOTS, SLOT_BYTES = 4096, 8
KEY = "front:tokens"
PATIENCE = 0.25  # seconds for Redis to answer
TRIED_AGAIN_AFTER = 1.0


class TokensAwayError(Exception):
    """An error of whoever cannot be told just now what is current: memory is not believed."""


class Tokens(Protocol):
    """A place of tokens. Both ways to read raise TokensAwayError."""

    def of(self, names: Sequence[str]) -> tuple[bytes, ...]:
        """Return the tokens of these tables as they are now."""

    def now(self) -> Callable[[str], bytes]:
        """Return all tokens as they are now, to be asked for by name later."""

    def renew(self, names: Iterable[str]) -> None:
        """Give these tables other tokens. Never raises: what it is told is committed already."""


@lru_cache(maxsize=2048)
def _place(name: str) -> int:
    """Return where a table's token begins. Two tables may share one: then both are renewed."""
    number = int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big")
    return number % SLOTS * SLOT_BYTES


class MachineTokens:
    """Tokens in a file of `SLOTS` times eight bytes, mapped into the memory of each process."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            if os.fstat(file).st_size < SLOTS * SLOT_BYTES:
                os.ftruncate(file, SLOTS * SLOT_BYTES)
            self._slots = mmap.mmap(file, SLOTS * SLOT_BYTES)
        finally:
            os.close(file)

    def of(self, names: Sequence[str]) -> tuple[bytes, ...]:
        slots = self._slots
        return tuple([slots[(at := _place(name)) : at + SLOT_BYTES] for name in names])

    def now(self) -> Callable[[str], bytes]:
        slots = self._slots[:]
        return lambda name: slots[(at := _place(name)) : at + SLOT_BYTES]

    def renew(self, names: Iterable[str]) -> None:
        for name in names:
            at = _place(name)
            self._slots[at : at + SLOT_BYTES] = os.urandom(SLOT_BYTES)


class SharedTokens:
    """
    Tokens in one hash in Redis.

    What could not be renewed, since Redis was away, is owed: until it is done this process serves
    nothing from memory, and others no longer than a page is kept. The token of all tables is drawn
    when there is none: a Redis that has forgotten the others has forgotten it, too.
    """

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, protocol=2
        )
        self._owed: set[str] = set()
        self._lock = threading.Lock()
        self._away_until = 0.0

    def of(self, names: Sequence[str]) -> tuple[bytes, ...]:
        with self._asking():
            found = cast("list[bytes | None]", self._redis.hmget(KEY, list(names)))
        return tuple([each or b"" for each in found])

    def now(self) -> Callable[[str], bytes]:
        with self._asking():
            if not self._redis.hexists(KEY, EVERY_TABLE):
                self._redis.hsetnx(KEY, EVERY_TABLE, os.urandom(SLOT_BYTES))
            found = cast("dict[bytes, bytes]", self._redis.hgetall(KEY))
        return lambda name: found.get(name.encode(), b"")

    def renew(self, names: Iterable[str]) -> None:
        with self._lock:
            self._owed.update(names)
        with suppress(TokensAwayError), self._asking():
            pass  # what is owed is given first

    @contextmanager
    def _asking(self) -> Iterator[None]:
        if time.monotonic() < self._away_until:
            raise TokensAwayError
        try:
            self._give_what_is_owed()
            yield
        except RedisError as error:
            self._away_until = time.monotonic() + TRIED_AGAIN_AFTER
            raise TokensAwayError from error

    def _give_what_is_owed(self) -> None:
        with self._lock:
            owed, self._owed = self._owed, set()
        if not owed:
            return
        try:
            self._redis.hset(KEY, mapping={name: os.urandom(SLOT_BYTES) for name in owed})
        except RedisError:
            with self._lock:
                self._owed |= owed
            raise


class NoTokens:
    """
    The place of tokens where no file can be written: this process keeps no page, and tells others
    of no change.
    """

    def of(self, names: Sequence[str]) -> tuple[bytes, ...]:
        raise TokensAwayError

    def now(self) -> Callable[[str], bytes]:
        raise TokensAwayError

    def renew(self, names: Iterable[str]) -> None:
        """Leave it to the end of the minute, after which no page is believed."""


@cache
def tokens() -> Tokens:
    """Return the tokens of this portal."""
    if settings.REDIS_URL:
        return SharedTokens(settings.REDIS_URL)
    path = Path(settings.WAITING_DIR) / "front"
    try:
        return MachineTokens(path)
    except OSError as error:
        logger.error("No page is kept: %s cannot be written: %s", path, error.strerror)
        return NoTokens()
