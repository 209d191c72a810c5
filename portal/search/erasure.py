"""
What was taken out of the search, taken out of the files in which the indices lie.

A full-text index only notes that something is deleted, and keeps its words until it is tidied; so
for a day at most the words of a comment that its author removed could be read in the files.
"""

from django.conf import settings
from django.db import connection

from portal.search.locking import let_writers_in

TABLES = ("search_card_fts", "search_title_fts")
# So many pages of SQLite at a time, some tenths of a second: writers get in between.
PAGES = 200


def overwrite_erased() -> None:
    """
    Have no index's file hold what was deleted from it; whoever writes meanwhile gets in between.

    SQLite's log of writes is emptied too, as far as nobody is reading it. PostgreSQL does all this
    by itself, in its own time (docs/deploy.md). Raises what the client of Elasticsearch raises.
    """
    if connection.vendor == "sqlite":
        for table in TABLES:
            _merge(table)
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if settings.ELASTICSEARCH_URL:
        _expunge()


def _merge(table: str) -> None:
    """Put an index of FTS5 together anew, a little at a time; what is deleted is left out."""
    insert = f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)"  # noqa: S608 - ours
    with connection.cursor() as cursor:

        def changes(pages: int) -> int:
            cursor.execute("SELECT total_changes()")
            before = cursor.fetchone()[0]
            cursor.execute(insert, [pages])
            cursor.execute("SELECT total_changes()")
            return cursor.fetchone()[0] - before

        changes(-PAGES)  # begins with the whole of it, however small its parts
        while changes(PAGES) > 1:  # as SQLite's manual has it: less, and there is no more to do
            let_writers_in()


def _expunge() -> None:
    """Have Elasticsearch write its files anew where they hold what was deleted."""
    # Not above: who has no Elasticsearch needs no client.
    from portal.search.elastic.client import get_client
    from portal.search.elastic.indices import EXPUNGE_ALL, live

    for index in live():
        indices = get_client().options(request_timeout=600).indices
        indices.put_settings(index=index, settings=EXPUNGE_ALL)
        indices.forcemerge(index=index, only_expunge_deletes=True)
