"""A store that is a table of hashed keys, in whichever database."""

import json
import math
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from portal.web.limit_store.base import DailyKey

COARSE = 60  # seconds: the finest time that a row tells
NEVER = 2**62


class TableStore(DailyKey, BaseCache):
    """A table of hashed keys; values are whole numbers, or anything that JSON holds."""

    _add = (
        "INSERT INTO limits (key, number, value, expires) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO "
        "UPDATE SET number = excluded.number, value = excluded.value, expires = excluded.expires"
    )
    _tidied = 0

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = location

    def _get(self, key: str, default: Any, version: int | None) -> Any:
        found = self._run(
            "SELECT number, value FROM limits WHERE key = ? AND expires > ?",
            [self.make_and_validate_key(key, version), time.time()],
        )
        if not found:
            return default
        number, value = found[0]
        return number if value is None else json.loads(value)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        row = self._row(key, value, timeout, version)
        return bool(self._change(f"{self._add} WHERE limits.expires <= ?", [*row, time.time()]))

    def _set(self, key: str, value: Any, timeout: Any, version: int | None) -> None:
        self._change(self._add, self._row(key, value, timeout, version))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        changed = self._change(
            "UPDATE limits SET expires = ? WHERE key = ? AND expires > ?",
            [self._end(timeout), self.make_and_validate_key(key, version), time.time()],
        )
        return bool(changed)

    def delete(self, key: str, version: int | None = None) -> bool:
        hashed = self.make_and_validate_key(key, version)
        return bool(self._change("DELETE FROM limits WHERE key = ?", [hashed]))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        found = self._run(
            "UPDATE limits SET number = number + ? "
            "WHERE key = ? AND expires > ? AND number IS NOT NULL RETURNING number",
            [delta, self.make_and_validate_key(key, version), time.time()],
        )
        if not found:
            raise ValueError(f"Nothing is counted under {key!r}.")
        return int(found[0][0])

    def clear(self) -> None:
        self._change("DELETE FROM limits WHERE key <> 'day'", [])

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> list[Any]:
        hashed, end = self.make_and_validate_key(key, version), self._end(timeout)
        self._tidy_each_minute()
        if isinstance(value, int) and not isinstance(value, bool):
            return [hashed, value, None, end]
        return [hashed, None, json.dumps(value), end]

    def _end(self, timeout: Any) -> int:
        """Return when something is forgotten: never before its time, no finer than the minute."""
        end = self.get_backend_timeout(timeout)
        return NEVER if end is None else math.ceil(end / COARSE) * COARSE

    def _tidy_each_minute(self) -> None:
        minute = int(time.time()) // COARSE
        if self._tidied != minute:
            self._tidied = minute
            self._tidy()

    def _tidy(self) -> None:
        """Forget what is over."""
        self._change("DELETE FROM limits WHERE expires <= ?", [time.time()])

    def _day_kept(self, today: date) -> tuple[date, bytes] | None:
        """Return the day and key that the table holds; None where they are of a day before."""
        for (value,) in self._run("SELECT value FROM limits WHERE key = 'day'", []):
            day, _, key = value.partition(" ")
            if date.fromisoformat(day) >= today:
                return date.fromisoformat(day), bytes.fromhex(key)
        return None

    def _run(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a statement outside every transaction of the portal's, and return its rows."""
        raise NotImplementedError

    def _change(self, statement: str, values: Sequence[Any]) -> int:
        """Run a statement, and return how many rows it changed."""
        raise NotImplementedError

    def _written(self, day: date, key: bytes) -> tuple[str, int]:
        """Return what the row of the day's key holds, and that it has no end of its own."""
        return f"{day.isoformat()} {key.hex()}", NEVER
