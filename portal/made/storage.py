"""Where files lie for ten minutes on a machine without Redis: a folder all its processes share."""

import os
import time
from contextlib import suppress
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache

from portal.web.limit_store.base import StoreAway, away

MOST_BYTES = 400_000_000  # of all files together


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
