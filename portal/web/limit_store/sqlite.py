"""A file of its own beside SQLite."""

import secrets
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from portal.web.limit_store.base import KEY_BYTES, away
from portal.web.limit_store.table import TableStore

PATIENCE = 5  # seconds for whoever else writes, which takes a thousandth of one


class SQLiteStore(TableStore):
    """`location` is the file's path."""

    _connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        if self._connection is None:
            Path(self.location).parent.mkdir(parents=True, exist_ok=True)
            # A cache belongs to one thread, but may be closed by another at the end.
            opened = sqlite3.connect(
                self.location, timeout=PATIENCE, isolation_level=None, check_same_thread=False
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
        with away(sqlite3.Error, OSError):
            return self.connection.execute(statement, values).fetchall()

    def _change(self, statement: str, values: Sequence[Any]) -> int:
        with away(sqlite3.Error, OSError):
            return self.connection.execute(statement, values).rowcount

    def _key_of(self, today: date) -> tuple[date, bytes]:
        return self._day_kept(today) or self._begin(today)

    def _begin(self, today: date) -> tuple[date, bytes]:
        with away(sqlite3.Error, OSError):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                if not (found := self._day_kept(today)):
                    found = today, secrets.token_bytes(KEY_BYTES)
                    self.connection.execute("DELETE FROM limits")
                    self.connection.execute(
                        "INSERT INTO limits VALUES ('day', NULL, ?, ?)", self._written(*found)
                    )
            finally:
                self.connection.execute("COMMIT")
            # Else the day before would be read in the file of what was written last.
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return found
