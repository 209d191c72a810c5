"""
SQLite: rows lie in the order of their keys, and what is erased is overwritten (`secure_delete`).

What still tells an order is where in the file the pages lie that a long row was given, and the
write-ahead log beside it.
"""

from django.db import connection

# Of the whole file. Whoever writes waits for as long as it takes: some five seconds for so much,
# and after twenty they would be told that the database is locked.
MOST_BYTES = 500_000_000


class TooLarge(Exception):  # noqa: N818 - what is so, not a fault
    """To write the file anew would hold up writers for too long."""


def write_anew() -> None:
    """Have every page written anew, in the order of keys, and the log emptied. Raises TooLarge."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        if cursor.fetchone()[0] > MOST_BYTES:
            raise TooLarge(
                "The database is larger than 500 MB, so where its pages lie goes on telling in "
                "which order long answers came in. Move to PostgreSQL, or run VACUUM yourself "
                "while nobody writes."
            )
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
