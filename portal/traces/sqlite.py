"""
SQLite: rows lie in the order of their keys, and what is erased is overwritten (`secure_delete`).

What still tells an order is where in the file the pages lie that a long row was given, and the
write-ahead log beside it.
"""

from django.db import connection


def write_anew() -> None:
    """Have every page written anew, in the order of keys, and the log emptied."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
