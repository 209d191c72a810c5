"""Who waits for a lock."""

from django.db import connection


def somebody_waits() -> bool:
    """Whether PostgreSQL lets somebody wait; SQLite does not say who waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
