"""Writing the whole index anew from what the rooms have."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from portal.search.cards import in_batches, put_many
from portal.search.engines import get_engine
from portal.search.models import Card
from portal.search.registry import Kind, all_kinds

BATCH = 500


def rebuild(kinds: list[Kind] | None = None) -> Iterator[tuple[Kind, int, int]]:
    """
    Write every card of these kinds anew and take out what no room has any more.

    Yields each kind with the number of its cards and of those taken out. A kind is one
    transaction: readers see the old cards until the new ones are there. Whoever writes a card
    waits for it, since a card read here and hidden meanwhile must not come back. Without `kinds`
    all are rebuilt, and cards of kinds that no room registers are taken out.
    """
    for kind in all_kinds() if kinds is None else kinds:
        yield kind, *_rebuild_kind(kind)
    if kinds is None:
        Card.objects.exclude(kind__in=[kind.key for kind in all_kinds()]).delete()
    get_engine().optimise()


def _rebuild_kind(kind: Kind) -> tuple[int, int]:
    with transaction.atomic():
        _keep_writers_out()
        started = timezone.now()
        written = 0
        for batch in in_batches(kind.cards(), BATCH):
            put_many(batch)
            written += len(batch)
        stale = Card.objects.filter(kind=kind.key, updated__lt=started)
        removed = stale.count()
        stale._raw_delete(stale.db)
        return written, removed


def _keep_writers_out() -> None:
    """SQLite's transaction does so by itself; PostgreSQL locks the table, for writers only."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE search_card IN SHARE ROW EXCLUSIVE MODE")
