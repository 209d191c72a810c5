"""
Where attempts are counted: one store for all workers, which nobody can empty from outside.

A cache with a largest size forgets what it must not: whoever fills it starts everybody's count
anew. So limits are in a place of their own, which is in no backup and has no largest size: a file
beside SQLite, a table without a log in PostgreSQL, or Redis. It is Django's cache called "default",
since allauth counts there; everything else has caches of its own.

Keys are kept as hashes under a random key that is made each UTC day, stored nowhere else, and
destroyed with all that was counted under it. So what a database or a backup holds of an address
cannot be found again by trying all addresses. Times are kept to the minute.
"""

import contextlib
import hashlib
import hmac
import json
import math
import secrets
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import connections

KEY_BYTES = 32
COARSE = 60  # seconds: the finest time that a row tells


class DailyKey:
    """Hashes under a key of the day; `_key_of(today)` is the backend's own."""

    _day = date.min
    _secret = b""

    def hashed(self, text: str) -> str:
        """The stand-in of a text, the same in all workers until the UTC day ends."""
        today = datetime.now(UTC).date()
        if self._day < today:
            self._day, self._secret = self._key_of(today)
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def make_and_validate_key(self, key: str, version: int | None = None) -> str:
        """What stands for a cache's key in the store."""
        return self.hashed(self.make_key(key, version=version))  # type: ignore[attr-defined]

    def _key_of(self, today: date) -> tuple[date, bytes]:
        """
        The day and key in force, begun where `today` has none; what came before is destroyed.

        A machine whose clock is a little behind goes on with the newer day's.
        """
        raise NotImplementedError


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

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
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

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        try:
            row = self._row(key, value, timeout, version)
        except TypeError:  # Wagtail would remember the names of languages here, as each reader's
            self.delete(key, version)
        else:
            self._change(self._add, row)

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
        self._tidy()
        if isinstance(value, int) and not isinstance(value, bool):
            return [hashed, value, None, end]
        return [hashed, None, json.dumps(value), end]

    def _end(self, timeout: Any) -> int:
        """When something is forgotten: never before its time, and no finer than the minute."""
        end = self.get_backend_timeout(timeout)
        return 2**62 if end is None else math.ceil(end / COARSE) * COARSE

    def _tidy(self) -> None:
        """Forget what is over, once a minute."""
        minute = int(time.time()) // COARSE
        if self._tidied != minute:
            self._tidied = minute
            self._change("DELETE FROM limits WHERE expires <= ?", [time.time()])

    def _day_kept(self, today: date) -> tuple[date, bytes] | None:
        """The day and key that the table holds; None where they are of a day before."""
        for (value,) in self._run("SELECT value FROM limits WHERE key = 'day'", []):
            day, _, key = value.partition(" ")
            if date.fromisoformat(day) >= today:
                return date.fromisoformat(day), bytes.fromhex(key)
        return None

    def _run(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows that a statement gives, outside every transaction of the portal's."""
        raise NotImplementedError

    def _change(self, statement: str, values: Sequence[Any]) -> int:
        """How many rows a statement changed."""
        raise NotImplementedError


class SQLiteStore(TableStore):
    """`location` is the file's path."""

    _connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        if self._connection is None:
            Path(self.location).parent.mkdir(parents=True, exist_ok=True)
            # A cache belongs to one thread, but may be closed by another at the end.
            opened = sqlite3.connect(
                self.location, timeout=20, isolation_level=None, check_same_thread=False
            )
            opened.execute("PRAGMA journal_mode = WAL")
            # What is counted need not outlive a machine that loses its power.
            opened.execute("PRAGMA synchronous = OFF")
            opened.execute("PRAGMA secure_delete = ON")
            opened.execute(
                "CREATE TABLE IF NOT EXISTS limits (key TEXT PRIMARY KEY, number INTEGER, "
                "value TEXT, expires INTEGER NOT NULL) WITHOUT ROWID"
            )
            self._connection = opened
        return self._connection

    def _run(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement, values).fetchall()

    def _change(self, statement: str, values: Sequence[Any]) -> int:
        return self.connection.execute(statement, values).rowcount

    def _key_of(self, today: date) -> tuple[date, bytes]:
        if not (found := self._day_kept(today)):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                if not (found := self._day_kept(today)):
                    found = today, secrets.token_bytes(KEY_BYTES)
                    self.connection.execute("DELETE FROM limits")
                    self.connection.execute(
                        "INSERT INTO limits VALUES ('day', NULL, ?, ?)", _written(*found)
                    )
            finally:
                self.connection.execute("COMMIT")
            # Else the day before would be read in the file of what was written last.
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return found


class PostgreSQLStore(TableStore):
    """
    `location` is an alias of `settings.DATABASES`: the table is in that database.

    With a connection of its own, since what is counted must stand whatever becomes of the
    transaction of whoever is counted.
    """

    _connection: Any = None

    @property
    def connection(self) -> Any:
        if self._connection is None or self._connection.closed:
            import psycopg

            # What Django would connect with, but for the classes of cursors it asks for.
            parameters = connections[self.location].get_connection_params()
            for name in ("cursor_factory", "context", "prepare_threshold"):
                parameters.pop(name, None)
            opened = psycopg.connect(**parameters, autocommit=True)
            with contextlib.suppress(psycopg.errors.UniqueViolation):  # two at once
                opened.execute(
                    "CREATE UNLOGGED TABLE IF NOT EXISTS limits (key TEXT PRIMARY KEY, "
                    "number BIGINT, value TEXT, expires BIGINT NOT NULL)"
                )
            self._connection = opened
        return self._connection

    def _execute(self, statement: str, values: Sequence[Any]) -> Any:
        import psycopg

        written = statement.replace("?", "%s")
        try:
            return self.connection.execute(written, values)
        except psycopg.OperationalError:  # the server was restarted since
            self._connection = None
            return self.connection.execute(written, values)

    def _run(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return list(self._execute(statement, values).fetchall())

    def _change(self, statement: str, values: Sequence[Any]) -> int:
        return int(self._execute(statement, values).rowcount)

    def _key_of(self, today: date) -> tuple[date, bytes]:
        if not (found := self._day_kept(today)):
            with self.connection.transaction():
                self.connection.execute("LOCK TABLE limits IN ACCESS EXCLUSIVE MODE")
                if not (found := self._day_kept(today)):
                    found = today, secrets.token_bytes(KEY_BYTES)
                    self.connection.execute("TRUNCATE limits")
                    self.connection.execute(
                        "INSERT INTO limits VALUES ('day', NULL, %s, %s)", _written(*found)
                    )
        return found


class RedisStore(DailyKey, RedisCache):
    """Django's own, with hashed keys. Its server must be told to evict nothing (docs/deploy.md)."""

    def _key_of(self, today: date) -> tuple[date, bytes]:
        client: Any = self._cache.get_client(None, write=True)  # type: ignore[attr-defined]
        name, made = f"limits:{today}", secrets.token_bytes(KEY_BYTES)
        # Two days at most: what was counted under it is forgotten by then in any case.
        client.set(name, made, nx=True, ex=2 * 24 * 3600)
        return today, bytes(client.get(name))


def _written(day: date, key: bytes) -> tuple[str, int]:
    return f"{day.isoformat()} {key.hex()}", 2**62
