"""
What waits for Elasticsearch: a row for each change of a card, entered in the change's transaction.

The id of a row is the version that Elasticsearch is given with the card, so that an older state
never replaces a newer one, whoever is late. That holds because a card's rows get their ids in the
order in which its changes are committed: a change first writes the card, which keeps others off it
until the end of the transaction, and then its row.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from portal.search.locking import writers_kept_out
from portal.search.models import OutboxRow
from portal.search.worker import worker

COLUMNS = "kind, key, added_at, due_at, attempts, failed, error"
# Plain, as a card's own statements are: one is written with every comment.
ADD = f"INSERT INTO search_outboxrow ({COLUMNS}) VALUES (%s, %s, %s, %s, 0, %s, '')"  # noqa: S608
ADD_ALL = f"""
    INSERT INTO search_outboxrow ({COLUMNS})
    SELECT kind, key, %s, %s, 0, %s, '' FROM search_card ORDER BY id
"""  # noqa: S608

# Asked by every search.
WAITING = "SELECT DISTINCT kind, key FROM search_outboxrow LIMIT %s"


def add(names: Iterable[tuple[str, str]]) -> None:
    """
    Let Elasticsearch hear of these cards, each named by kind and key, once this is committed.

    Call it in the transaction that wrote or removed them, afterwards. Does nothing where there is
    no Elasticsearch.
    """
    if not settings.ELASTICSEARCH_URL:
        return
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = [(kind, key, now, now, False) for kind, key in names]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)
    transaction.on_commit(worker.wake, robust=True)


def waiting(limit: int) -> list[tuple[str, str]]:
    """Kind and key of at most `limit` cards that wait, delivered in vain or not yet."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [limit])
        return cursor.fetchall()


def add_all() -> int:
    """
    Enter every card, so that nothing that Elasticsearch says is trusted until it has them all.

    Returns how many. Writers wait meanwhile: a row entered here must not get a higher id than that
    of a change which is committed later.
    """
    with writers_kept_out(), connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(ADD_ALL, [now, now, False])
        entered = cursor.rowcount
    transaction.on_commit(worker.wake, robust=True)
    return entered


def version_now() -> int:
    """Return a version above every change of a card until now, and below all that will come."""
    with writers_kept_out():
        now = timezone.now()
        row = OutboxRow.objects.create(kind="", key="", added_at=now, due_at=now)
        version = row.pk
        row.delete()
    return version
