"""Keeping writers of cards out for a moment, so that what is read is what all of them have done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import TypeVar

from django.db import OperationalError, connection, transaction

T = TypeVar("T")

# PostgreSQL ends somebody's transaction once two have waited for each other for a second.
PATIENCE = "200ms"
NOT_AVAILABLE = "55P03"
# Within SQLite whoever waits, with a statement outside a transaction, looks this often, in seconds.
GLANCES = 0.1


@contextmanager
def writers_kept_out() -> Iterator[None]:
    """
    Hold a transaction that begins once nobody writes a card, and in which nobody does.

    SQLite's transactions are so by themselves; PostgreSQL locks the table, for writers only.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE search_card IN SHARE ROW EXCLUSIVE MODE")
        yield


def with_writers_kept_out(act: Callable[[], T]) -> T:
    """
    Return what `act` returns, done in such a transaction and again if a writer was in its way.

    For work that can wait better than a writer. On PostgreSQL those who come later queue behind
    whoever waits for the table; and a writer with a set of facets that is new, which `act` needs as
    well, would wait for the table while `act` waits for the set. So this gives up early.
    """
    while True:
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                with writers_kept_out():
                    return act()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != NOT_AVAILABLE:
                raise
        sleep(GLANCES)


def let_writers_in() -> None:
    """Give whoever waits time to notice that nobody keeps them out; PostgreSQL wakes them."""
    if connection.vendor == "sqlite":
        sleep(GLANCES * 1.1)
