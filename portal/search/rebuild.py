"""
Putting the whole index right, by what the rooms have, while everybody goes on writing.

What is wrong is looked for without keeping anybody out: a card that is as its room had it a moment
ago is right, or whoever changed the thing meanwhile wrote its card as well. Only what seems wrong
is written, a little at a time, each time as the room has it once no writer is at work. So no card
comes back that was hidden meanwhile, and whoever writes one waits for a few others at most. However
it ends, what was done is good; it may be done again, and twice at once.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from portal.search.cards import CardData, differing, in_batches, put_many, remove_many
from portal.search.engines import database_engine
from portal.search.locking import let_writers_in, with_writers_kept_out
from portal.search.models import Card
from portal.search.registry import Kind, all_kinds
from portal.search.vocabulary.statistics import count_words

READ = 500
# As many as take about a tenth of a second of SQLite's time; twice as many save next to nothing.
WRITTEN = 100


def rebuild(kinds: list[Kind] | None = None) -> Iterator[tuple[Kind, int, int]]:
    """
    Write each card of these kinds that is not as it should be, and take out what no room has.

    Yields each kind with the number of cards written and taken out. Without `kinds` all are put
    right, and cards of kinds that no room registers are taken out.
    """
    changed = 0
    for kind in all_kinds() if kinds is None else kinds:
        written, removed = _put_right(kind)
        changed += written + removed
        yield kind, written, removed
    if kinds is None:
        for kind in _unknown_kinds():
            changed += sum(_put_right(kind))
        count_words()
    if changed:
        database_engine().optimise()


def _put_right(kind: Kind) -> tuple[int, int]:
    written = removed = 0
    # All of them first: SQLite takes no change while a reading of the same connection is under way.
    for keys in in_batches(list(_seem_wrong(kind)), WRITTEN):
        some_written, some_removed = with_writers_kept_out(partial(_write, kind, keys))
        written += some_written
        removed += some_removed
        let_writers_in()
    return written, removed


def _seem_wrong(kind: Kind) -> Iterator[str]:
    """Keys of cards that are missing, out of date or of nothing that may be found."""
    should_be: set[str] = set()
    for cards in in_batches(kind.cards(), READ):
        should_be.update(card.key for card in cards)
        yield from (card.key for card in differing(kind.key, cards))
    there = Card.objects.filter(kind=kind.key).values_list("key", flat=True)
    yield from (key for key in there.iterator() if key not in should_be)


def _write(kind: Kind, keys: Collection[str]) -> tuple[int, int]:
    """Have these cards as they should be, while writers are kept out; written and taken out."""
    cards = list(kind.cards(keys))
    put_many(cards)
    return len(cards), remove_many(kind.key, set(keys) - {card.key for card in cards})


def _unknown_kinds() -> list[Kind]:
    """Kinds of which the index has cards and no room anything."""

    def nothing(keys: Collection[str] | None = None, /) -> Iterable[CardData]:
        return ()

    known = [kind.key for kind in all_kinds()]
    left = Card.objects.exclude(kind__in=known).values_list("kind", flat=True).distinct()
    return [Kind(key, key, key, nothing) for key in left]
