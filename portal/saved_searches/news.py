"""What came in for a search between two moments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from portal.saved_searches.criteria import Asked
from portal.search.engines import database_engine
from portal.search.models import Card
from portal.search.query import Hit, SearchPage

SHOWN = 20
PER_PAGE = 50


@dataclass(frozen=True)
class News:
    """The newest of what came in, at most `SHOWN`, and how many more there are."""

    hits: Sequence[Hit]
    more: int

    def __bool__(self) -> bool:
        return bool(self.hits)


def news_of(asked: Asked, *, after: datetime, until: datetime, visible_to: Sequence[str]) -> News:
    """
    Return what came into the index after `after` and not after `until`, for these circles.

    Asks the database's engine, so that a mail depends on no other service. Four statements where
    all fits a page, none of them for a single card.
    """
    hits: list[Hit] = []
    passed = 0
    number = 1
    while True:
        page = _page(asked, after, visible_to, number)
        late = _late(page.hits, until)
        hits += [hit for hit in page.hits if (hit.kind, hit.key) not in late]
        passed += len(late)
        if len(hits) >= SHOWN or number >= page.pages:
            break
        number += 1
    if number < page.pages:
        # Beyond what was looked through, some may be late too.
        passed = _page(asked, until, visible_to, 1).total
    return News(hits[:SHOWN], max(page.total - passed, len(hits)) - len(hits[:SHOWN]))


def _page(asked: Asked, after: datetime, visible_to: Sequence[str], number: int) -> SearchPage:
    query = asked.search_query(since=after, visible_to=visible_to, page=number, per_page=PER_PAGE)
    return database_engine().search(query)


def _late(hits: Iterable[Hit], until: datetime) -> set[tuple[str, str]]:
    """Kind and key of those that came in after `until`: they are for the next time."""
    return {name for name, moment in entered_of(hits).items() if moment > until}


def entered_of(hits: Iterable[Hit]) -> dict[tuple[str, str], datetime]:
    """Return when each of these, by kind and key, first came into the index; one statement."""
    keys: dict[str, list[str]] = {}
    for hit in hits:
        keys.setdefault(hit.kind, []).append(hit.key)
    if not keys:
        return {}
    named = reduce(or_, (Q(kind=kind, key__in=some) for kind, some in keys.items()))
    found = Card.objects.filter(named).values_list("kind", "key", "entered")
    return {(kind, key): entered for kind, key, entered in found}
