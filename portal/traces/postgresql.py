"""
PostgreSQL: a row lies where there was room when it was written, and names the transaction that
wrote it (`xmin`), as does each piece of a long text.

Freezing does not help: since 9.4 it leaves the transaction's number where it is. Nor does CLUSTER,
which copies it. So rows are taken out and put in again, all in one transaction.
"""

# ruff: noqa: S608 - statements are put together from names of tables and conditions of our own

from django.db import OperationalError, connection, models, transaction

# PostgreSQL ends somebody's transaction once two have waited for each other for a second, and
# whoever comes later queues behind who waits here.
PATIENCE = "200ms"
NOT_AVAILABLE = "55P03"


class InUse(Exception):  # noqa: N818 - what happened, not a fault
    """Somebody wrote in a table for longer than anybody else should wait for them."""


def write_anew(model: type[models.Model], condition: str = "true", *, always: bool = False) -> None:
    """
    Have the rows of a table, or those of a condition, all come of one transaction, by their keys.

    Readers are not held up, writers for as long as it takes. Nothing is done where all of them come
    of one already, unless `always`: a migration may have written them in another order. Raises
    InUse.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    assert model._meta.pk is not None
    assert model._meta.pk.column is not None
    key = quote(model._meta.pk.column)
    rows = f"FROM {table} WHERE {condition}"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            cursor.execute(f"SELECT count(DISTINCT xmin::text) {rows}")
            if always or cursor.fetchone()[0] > 1:
                cursor.execute(
                    f"CREATE TEMPORARY TABLE anew ON COMMIT DROP AS SELECT * {rows} ORDER BY {key}"
                )
                cursor.execute(f"DELETE {rows}")
                cursor.execute(f"INSERT INTO {table} SELECT * FROM anew")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != NOT_AVAILABLE:
            raise
        raise InUse(f"{table} is in use.") from error
    with connection.cursor() as cursor:
        # What was taken out is still there until then.
        cursor.execute(f"VACUUM {table}")
