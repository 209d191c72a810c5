"""A table without a log, in the portal's own PostgreSQL."""

import contextlib
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connections

from portal.web.limit_store.base import KEY_BYTES, away
from portal.web.limit_store.table import TableStore

CONNECT_SECONDS = 5
PATIENCE = 500  # milliseconds for the table to be ours alone: a backup reads it for hours
BEGINNING = 0x6C696D697473  # one worker at a time makes the table and begins a day


class PostgreSQLStore(TableStore):
    """
    `location` is an alias of `settings.DATABASES`: the table is in that database.

    With a connection of its own, since what is counted must stand whatever becomes of the
    transaction of whoever is counted.
    """

    _connection: Any = None
    _is_left = False  # whether deleted rows of a day before still lie in the table's file

    @property
    def connection(self) -> Any:
        if self._connection is None or self._connection.closed:
            import psycopg

            # What Django would connect with, but for the classes of cursors it asks for.
            parameters = connections[self.location].get_connection_params()
            for name in ("cursor_factory", "context", "prepare_threshold"):
                parameters.pop(name, None)
            patience = {"connect_timeout": CONNECT_SECONDS}
            opened = psycopg.connect(**{**patience, **parameters}, autocommit=True)
            with opened.transaction():
                # IF NOT EXISTS alone fails, in one of three ways, where two workers begin at once.
                opened.execute("SELECT pg_advisory_xact_lock(%s)", [BEGINNING])
                opened.execute(
                    "CREATE UNLOGGED TABLE IF NOT EXISTS limits (key TEXT PRIMARY KEY, "
                    "number BIGINT, value TEXT, expires BIGINT NOT NULL)"
                )
            self._connection = opened
        return self._connection

    def _execute(self, statement: str, values: Sequence[Any]) -> Any:
        import psycopg

        written = statement.replace("?", "%s")
        with away(psycopg.Error):
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
        return self._day_kept(today) or self._begin(today)

    def _begin(self, today: date) -> tuple[date, bytes]:
        import psycopg

        with away(psycopg.Error), self.connection.transaction():
            self.connection.execute("SELECT pg_advisory_xact_lock(%s)", [BEGINNING])
            if not (found := self._day_kept(today)):
                found = today, secrets.token_bytes(KEY_BYTES)
                self._empty()
                self.connection.execute(
                    "INSERT INTO limits VALUES ('day', NULL, %s, %s)", self._written(*found)
                )
            return found

    def _empty(self) -> None:
        """Destroy all rows; where a backup reads them, delete them and destroy them after it."""
        import psycopg

        try:
            with self.connection.transaction():
                self.connection.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
                self.connection.execute("TRUNCATE limits")
        except psycopg.errors.LockNotAvailable:
            self.connection.execute("DELETE FROM limits")
            self._is_left = True

    def _tidy(self) -> None:
        super()._tidy()
        if not self._is_left:
            return
        import psycopg

        # A lock that is not to be had: in a minute again.
        with away(psycopg.Error), contextlib.suppress(psycopg.errors.LockNotAvailable):
            with self.connection.transaction():
                self.connection.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
                # VACUUM would leave what any old transaction, of whatever table, could still see.
                self.connection.execute("LOCK TABLE limits")
                self.connection.execute("CREATE TEMP TABLE kept ON COMMIT DROP AS TABLE limits")
                self.connection.execute("TRUNCATE limits")
                self.connection.execute("INSERT INTO limits TABLE kept")
            self._is_left = False
