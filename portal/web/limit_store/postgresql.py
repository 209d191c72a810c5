"""A table without a log, in the portal's own PostgreSQL."""

import contextlib
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connections

from portal.web.limit_store.day_key import KEY_BYTES, away
from portal.web.limit_store.table import TableStore

CONNECT_SECONDS = 5


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
            patience = {"connect_timeout": CONNECT_SECONDS}
            opened = psycopg.connect(**{**patience, **parameters}, autocommit=True)
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
            self.connection.execute("LOCK TABLE limits IN ACCESS EXCLUSIVE MODE")
            if not (found := self._day_kept(today)):
                found = today, secrets.token_bytes(KEY_BYTES)
                self.connection.execute("TRUNCATE limits")
                self.connection.execute(
                    "INSERT INTO limits VALUES ('day', NULL, %s, %s)", self._written(*found)
                )
            return found
