"""Ids taken before the insert, since a comment's path holds its own id."""

from django.db import connection

from consultations.discussion.models import Comment


def next_ids(count: int = 1) -> list[int]:
    """
    Ids for `count` comments, lowest first, to be used inside the transaction that calls this.

    PostgreSQL's sequence gives each id once, whoever asks. SQLite has one writer at a time and our
    transactions take its lock at their start (`transaction_mode=IMMEDIATE`), so what comes after
    the last id stays ours until the commit; that spares the update that an insert without a path
    would need.
    """
    table = Comment._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    last = row[0] if row else 0
    return list(range(last + 1, last + 1 + count))
