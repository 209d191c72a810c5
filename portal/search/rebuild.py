"""Writing the whole index anew from what the rooms have."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from portal.search import outbox
from portal.search.cards import in_batches, put_many
from portal.search.engines import database_engine
from portal.search.locking import writers_kept_out
from portal.search.models import Card
from portal.search.registry import Kind, all_kinds
from portal.search.vocabulary import count_words

BATCH = 500


def rebuild(
    kinds: list[Kind] | None = None, *, announce: bool = True
) -> Iterator[tuple[Kind, int, int]]:
    """
    Write every card of these kinds anew and take out what no room has any more.

    Yields each kind with the number of its cards and of those taken out. A kind is one
    transaction: readers see the old cards until the new ones are there. Whoever writes a card
    waits for it, since a card read here and hidden meanwhile must not come back. Without `kinds`
    all are rebuilt, and cards of kinds that no room registers are taken out.

    With `announce` off Elasticsearch hears of cards taken out alone: for whoever writes its index
    anew afterwards.
    """
    for kind in all_kinds() if kinds is None else kinds:
        yield kind, *_rebuild_kind(kind, announce)
    if kinds is None:
        with writers_kept_out():
            _take_out(Card.objects.exclude(kind__in=[kind.key for kind in all_kinds()]))
        count_words()
    database_engine().optimise()


def _rebuild_kind(kind: Kind, announce: bool) -> tuple[int, int]:
    with writers_kept_out():
        started = timezone.now()
        written = 0
        for batch in in_batches(kind.cards(), BATCH):
            put_many(batch, announce=announce)
            written += len(batch)
        return written, _take_out(Card.objects.filter(kind=kind.key, updated__lt=started))


def _take_out(stale: QuerySet[Card]) -> int:
    """Delete these cards, while writers are kept out; how many."""
    names = list(stale.values_list("kind", "key"))
    stale._raw_delete(stale.db)
    outbox.add(names)
    return len(names)
