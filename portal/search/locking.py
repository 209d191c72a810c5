"""Keeping writers of cards out for a moment, so that what is read is what all of them have done."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def writers_kept_out() -> Iterator[None]:
    """
    A transaction that begins once nobody is writing a card, and until whose end nobody does.

    SQLite's transactions are so by themselves; PostgreSQL locks the table, for writers only.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE search_card IN SHARE ROW EXCLUSIVE MODE")
        yield
