"""Giving rows other keys, for migrations to keys that tell nothing (`portal.keys`)."""

# ruff: noqa: S608 - statements are put together from names of tables and columns alone

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

from portal.keys import random_key

BATCH = 500
MAP = "renumbered"


def renumber(schema_editor: BaseDatabaseSchemaEditor, table: str) -> dict[int, int]:
    """
    Draw a new key for every row of a table whose key is the whole number `id`; returns old to new.

    Every foreign key that the database has follows, whichever app's it is. What names rows in other
    ways, as JSON does, is for the caller. Inside a migration's transaction, as its last step that
    changes rows: PostgreSQL checks foreign keys when that ends.
    """
    connection = schema_editor.connection
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {quote(table)}")
        new = _drawn([old for (old,) in cursor.fetchall()])
        if not new:
            return new
        cursor.execute(f"CREATE TEMPORARY TABLE {MAP} (old bigint PRIMARY KEY, new bigint)")
        pairs = list(new.items())
        for start in range(0, len(pairs), BATCH):
            some = pairs[start : start + BATCH]
            places = ", ".join(["(%s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO {MAP} VALUES {places}", [number for pair in some for number in pair]
            )
        for here, column in [*_pointing_at(table, cursor, connection), (table, "id")]:
            here, column = quote(here), quote(column)
            cursor.execute(
                f"UPDATE {here} SET {column} ="
                f" (SELECT new FROM {MAP} WHERE old = {here}.{column}) WHERE {column} IS NOT NULL"
            )
        cursor.execute(f"DROP TABLE {MAP}")
    return new


def _drawn(keys: list[int]) -> dict[int, int]:
    taken = set(keys)
    drawn = {}
    for key in keys:
        while (new := random_key()) in taken:
            pass
        taken.add(new)
        drawn[key] = new
    return drawn


def _pointing_at(
    table: str, cursor: CursorWrapper, connection: object
) -> Iterator[tuple[str, str]]:
    """Table and column of each foreign key to the `id` of `table`."""
    inspect = connection.introspection  # type: ignore[attr-defined]
    for other in inspect.table_names(cursor):
        for column, (there, pointed_at, *_) in inspect.get_relations(cursor, other).items():
            if pointed_at == table:
                assert there == "id", f"{other}.{column} points at {table}.{there}"
                yield other, column
