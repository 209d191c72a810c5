"""
Bringing what waits in the outbox to Elasticsearch.

Whoever delivers reads the rows first, then which indices there are, then the cards: so an index
whose rebuild begins meanwhile either is among them or is filled from cards that are as new. Rows
are deleted once the cards can be found; what dies in between is done again, which changes nothing.
No transaction is open while Elasticsearch is asked.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone
from elasticsearch import NotFoundError

from portal.search.elastic import indices
from portal.search.elastic.bulk import Action, Fate, Result, name_of, removing, send, writing
from portal.search.models import Card, OutboxRow

logger = logging.getLogger(__name__)

BATCH = 500
# How long after each attempt that failed the next one comes; the last, however many have failed.
BACKOFF = [
    timedelta(seconds=5),
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=2),
]
# A card that Elasticsearch itself refuses is given up after so many attempts.
REFUSALS = 3
# Attempts are not counted beyond: an outage may last for months.
MOST_ATTEMPTS = 100
# How often a batch is sent anew because an index was swapped meanwhile.
SWAPS = 3

Name = tuple[str, str]  # a card's kind and key


class Tally(NamedTuple):
    """
    Counts of what became of a round's cards: delivered, left for later, given up; `trouble` names
    the error where Elasticsearch was away or in no state to take them.
    """

    delivered: int = 0
    postponed: int = 0
    failed: int = 0
    trouble: str = ""

    def with_more(self, done: "Tally") -> "Tally":
        """Add both together."""
        return Tally(
            self.delivered + done.delivered,
            self.postponed + done.postponed,
            self.failed + done.failed,
            self.trouble or done.trouble,
        )


def deliver_due(*, stopped: Callable[[], bool] = lambda: False) -> Tally:
    """
    Deliver all that is due, oldest first; ends early where `stopped()` is true or where
    Elasticsearch is in trouble.

    Any number of threads and processes may do so at once. Where there is no index yet it makes one
    and enters every card for it (`indices.ensure`). Raises only what the database raises.
    """
    total = Tally(trouble=_trouble_with_index())
    if total.trouble:
        rows = _due()
        away = Result(Fate.POSTPONED, total.trouble)
        total = _write_down(rows, {_name(row): away for row in rows})._replace(trouble=away.error)
    while not (total.trouble or stopped()) and (rows := _due()):
        done = _write_down(rows, _results(_versions(rows)))
        total = total.with_more(done)
    if total.trouble:
        logger.warning("Elasticsearch is not brought up to date: %s", total.trouble)
    return total


def retry_failed() -> int:
    """Have what was given up tried again; how many changes."""
    return OutboxRow.objects.filter(failed=True).update(
        failed=False, attempts=0, due_at=timezone.now()
    )


def _due() -> list[OutboxRow]:
    return list(OutboxRow.objects.due(timezone.now())[:BATCH])


def _name(row: OutboxRow) -> Name:
    return row.kind, row.key


def _versions(rows: Iterable[OutboxRow]) -> dict[Name, int]:
    """Return the versions of cards: a card's newest row counts for all of its."""
    return {_name(row): row.pk for row in sorted(rows, key=lambda row: row.pk)}


def _trouble_with_index() -> str:
    """Have an index to deliver to; the name of the error where that cannot be had."""
    try:
        indices.ensure()
    except Exception as error:
        return name_of(error)
    return ""


def _results(versions: Mapping[Name, int]) -> dict[Name, Result]:
    """Return what became of each card, in whatever index it is to be; none is GONE."""
    for _ in range(SWAPS):
        results = _attempt(versions)
        if all(result.fate is not Fate.GONE for result in results.values()):
            return results
    return {name: Result(Fate.POSTPONED, result.error) for name, result in results.items()}


def _attempt(versions: Mapping[Name, int]) -> dict[Name, Result]:
    try:
        targets = indices.writable()
    except Exception as error:
        return dict.fromkeys(versions, Result(Fate.POSTPONED, name_of(error)))
    if not targets:
        return dict.fromkeys(versions, Result(Fate.GONE, "no index"))
    named = list(_actions(targets, versions))
    results = send([action for _, action in named])
    refreshed = _refreshed(targets)
    worst = dict.fromkeys(versions, refreshed)
    for (name, _), result in zip(named, results, strict=True):
        worst[name] = max(worst[name], result)
    return worst


def _actions(targets: Iterable[str], versions: Mapping[Name, int]) -> Iterator[tuple[Name, Action]]:
    cards = _cards(versions)
    for index in targets:
        for name, version in versions.items():
            card = cards.get(name)
            yield name, (writing(index, card, version) if card else removing(index, *name, version))


def _cards(names: Iterable[Name]) -> dict[Name, Card]:
    """Return those that there are, as they are now, with their facet sets."""
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in names:
        keys[kind].append(key)
    return {
        (card.kind, card.key): card
        for kind, its_keys in keys.items()
        for card in Card.objects.select_related("facet_set")
        .defer("stems")
        .filter(kind=kind, key__in=its_keys)
    }


def _refreshed(targets: list[str]) -> Result:
    try:
        everywhere = indices.refresh(targets)
    except NotFoundError as error:
        return Result(Fate.GONE, name_of(error))
    except Exception as error:
        return Result(Fate.POSTPONED, name_of(error))
    return Result(Fate.DONE) if everywhere else Result(Fate.POSTPONED, "not refreshed")


def _write_down(rows: list[OutboxRow], results: Mapping[Name, Result]) -> Tally:
    """Keep what came of these rows, whose cards fared so."""
    _forget({name: pk for name, pk in _versions(rows).items() if results[name].fate is Fate.DONE})
    later: dict[tuple[int, bool, str], list[OutboxRow]] = defaultdict(list)
    for row in rows:
        fate, error = results[_name(row)]
        if fate is not Fate.DONE:
            attempts = min(row.attempts + 1, MOST_ATTEMPTS)
            failed = fate is Fate.REFUSED and attempts >= REFUSALS
            later[attempts, failed, error].append(row)
    now = timezone.now()
    given_up = set()
    for (attempts, failed, error), them in later.items():
        OutboxRow.objects.filter(pk__in=[row.pk for row in them]).update(
            attempts=attempts,
            failed=failed,
            error=error[:100],
            due_at=now + BACKOFF[min(attempts, len(BACKOFF)) - 1],
        )
        if failed:
            given_up |= {_name(row) for row in them}
            logger.error("Elasticsearch refuses %d cards for good: %s", len(them), error)
    fates = Counter(result.fate for result in results.values())
    return Tally(
        delivered=fates[Fate.DONE],
        postponed=len(results) - fates[Fate.DONE] - len(given_up),
        failed=len(given_up),
        trouble=next((error for fate, error in results.values() if fate is Fate.POSTPONED), ""),
    )


def _forget(delivered: Mapping[Name, int]) -> None:
    """Delete the rows of these cards up to those delivered, given up and not yet due included."""
    keys = [key for _, key in delivered]
    waiting = OutboxRow.objects.filter(key__in=keys, pk__lte=max(delivered.values(), default=0))
    ids = [
        pk
        for pk, kind, key in waiting.values_list("pk", "kind", "key")
        if pk <= delivered.get((kind, key), 0)
    ]
    OutboxRow.objects.filter(pk__in=ids).delete()
