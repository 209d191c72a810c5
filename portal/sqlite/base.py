"""
Django's SQLite, with writers that wait in turn, and outside SQLite.

SQLite lets everybody who wants to write try again by chance, and whoever has waited longest sleeps
longest between tries: of eight at work, some waited for four seconds
(docs/decisions/0002-embedded-default.md). So whoever begins a transaction here first stands in a
queue, the lock on a file beside the database, which the kernel gives in the order of asking; only
the first in the queue tries for SQLite's own lock, every half millisecond. The queue is left as
soon as the transaction has begun, so there is nothing to release when it ends.

Nor does anybody sleep within SQLite, where a sleeping connection is locked for other threads. One
of them may have the very transaction that is waited for, and its garbage collector may come upon an
old cursor of the sleeper's: each then waits for the other until the timeout.

Tables whose keys are drawn at random and are no numbers are made without SQLite's own running
number of each row, which would tell their order.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SQLiteSchemaEditor
from django.db.models import Model

from portal.keys import RandomUUIDField

try:
    import fcntl
except ImportError:  # Windows: everybody tries by chance, as before
    fcntl = None  # type: ignore[assignment]

BETWEEN_TRIES = 0.0005  # seconds


class DatabaseSchemaEditor(SQLiteSchemaEditor):
    """Django's, which makes every table anew that it alters, by way of `table_sql`."""

    def table_sql(self, model: type[Model]) -> tuple[str, list[object]]:
        sql, params = super().table_sql(model)
        if isinstance(model._meta.pk, RandomUUIDField):
            sql = f"{sql} WITHOUT ROWID"
        return sql, params


class DatabaseWrapper(SQLiteWrapper):
    """
    The engine `portal.sqlite`; everything else is Django's.

    Whoever is first in the queue waits for as long as the option `timeout` says, in seconds, then
    gets the OperationalError "database is locked". Only transactions stand in the queue: a
    statement that writes outside one waits as Django's would.
    """

    SchemaEditorClass = DatabaseSchemaEditor
    transaction_mode: str | None

    def _start_transaction_under_autocommit(self) -> None:
        if fcntl is None or self.transaction_mode is None or self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        with self.wrap_database_errors, self._first_in_queue(), self._never_asleep() as patience:
            given_up = time.monotonic() + patience
            while True:
                try:
                    # Django's cursor would leave much to be collected at each try.
                    self.connection.execute(f"BEGIN {self.transaction_mode}")
                    return
                except sqlite3.OperationalError as error:
                    busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                    if not busy or time.monotonic() > given_up:
                        raise
                time.sleep(BETWEEN_TRIES)

    @contextmanager
    def _first_in_queue(self) -> Iterator[None]:
        # Opened each time: the lock belongs to the opening, so that threads have one each.
        queue = os.open(f"{self.settings_dict['NAME']}-queue", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(queue, fcntl.LOCK_EX)
            yield
        finally:
            os.close(queue)

    @contextmanager
    def _never_asleep(self) -> Iterator[float]:
        """SQLite says at once that it is busy; yields how many seconds it would have waited."""
        patience = self.settings_dict["OPTIONS"].get("timeout", 5.0)  # 5 is Python's own
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield patience
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
