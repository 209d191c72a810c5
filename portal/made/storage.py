"""
Where files lie for ten minutes: in Redis, else in a folder that all processes of a machine share.

Both are full at some size, and then take nothing more: limits stand in the same Redis.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache

from portal.web.limit_store.base import StoreAway, away
from portal.web.limit_store.redis import JSONSerializer

MOST_BYTES = 400_000_000  # of all files together
SPAN = 600  # seconds for which what is put into Redis is counted together


class EndingFiles(FileBasedCache):
    """Django's cache in files, which deletes what has ended, and no other to make room."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, or the default. Raises StoreAway."""
        with away(OSError):
            return super().get(key, default, version)

    def set(self, key: str, value: Any, *arguments: Any, **options: Any) -> None:
        """Keep something. Raises StoreAway where the folder is full or cannot be written."""
        with away(OSError):
            super().set(key, value, *arguments, **options)

    def forget_ended(self) -> int:
        """Delete what has ended, and what a process that was killed left; return how many."""
        count = 0
        for name in self._list_cache_files():  # type: ignore[attr-defined]
            with suppress(FileNotFoundError), open(name, "rb") as file:
                count += bool(self._is_expired(file))  # type: ignore[attr-defined]
        with os.scandir(self._dir) as entries:  # type: ignore[attr-defined]
            unnamed = [each for each in entries if not each.name.endswith(self.cache_suffix)]
        for each in unnamed:
            with suppress(FileNotFoundError):
                if each.stat().st_mtime < time.time() - 600:
                    os.remove(each.path)
                    count += 1
        return count

    def _cull(self) -> None:
        """Make room before something is written. Raises StoreAway where there is none."""
        self.forget_ended()
        total = 0
        for name in self._list_cache_files():  # type: ignore[attr-defined]
            with suppress(FileNotFoundError):
                total += os.path.getsize(name)
        if total > MOST_BYTES:
            raise StoreAway("too many files wait to be fetched")


class EndingRedis(RedisCache):
    """Django's cache in Redis; values are text. In two spans there is `MOST_BYTES` at most."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        patience = {"socket_connect_timeout": 2, "socket_timeout": 20}
        options = {"serializer": JSONSerializer, **patience, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, or the default. Raises StoreAway."""
        with _reached():
            return super().get(key, default, version)

    def set(self, key: str, value: Any, *arguments: Any, **options: Any) -> None:
        """Keep a text. Raises StoreAway where Redis is away, or too much waits in it."""
        counted = f"bytes-{int(time.time()) // SPAN}"
        with _reached():
            self.add(counted, 0, 2 * SPAN)
            if self.incr(counted, len(value)) > MOST_BYTES // 2:
                raise StoreAway("too many files wait to be fetched")
            super().set(key, value, *arguments, **options)


@contextmanager
def _reached() -> Iterator[None]:
    from redis.exceptions import RedisError

    with away(RedisError, OSError):
        yield
