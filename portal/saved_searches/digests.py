"""
Telling people what came in for their saved searches, in one mail a person and run.

What is written down for the mail is which searches, and between which moments: neither words nor
titles wait in the outbox. Its text is looked up when it is sent (`notifications.py`), so that what
was hidden, redacted or restricted meanwhile is in no mail, and none goes to whoever stopped them.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from portal.notifications.actions import notify
from portal.saved_searches.criteria import Asked
from portal.saved_searches.models import SavedSearch
from portal.saved_searches.news import news_of
from portal.saved_searches.permissions import circles_of
from portal.saved_searches.schedule import last_hour

logger = logging.getLogger(__name__)

KIND = "saved-searches.digest"


class Tally(NamedTuple):
    """Counts of the people who are told something, and of those for whom looking failed."""

    told: int
    failed: int


def send_digests(*, at: datetime) -> Tally:
    """
    Tell whoever has a search due at the aware moment `at` and something new for it.

    May run as often and as many times at once as one likes. Each person's watermarks move in the
    transaction that writes the mail down: whatever ends the run, nothing is lost or told twice.
    One person's failure keeps nobody else's mail; that person is looked at again next time.
    """
    due = SavedSearch.objects.due(at)
    # Person by person, each read anew: no cursor stays open over what the round itself changes.
    owners = list(due.order_by("owner_id").values_list("owner_id", flat=True).distinct())
    told = failed = 0
    for owner_id in owners:
        try:
            searches = list(due.filter(owner_id=owner_id).select_related("owner"))
            told += bool(searches) and _tell(searches, at)
        except Exception as error:
            # Its class alone: its text may quote what somebody looks for.
            logger.error("looking for news failed: %s", type(error).__name__)
            failed += 1
    return Tally(told, failed)


def _tell(searches: list[SavedSearch], at: datetime) -> bool:
    """Look at one person's searches, and have them told if there is something new."""
    owner = searches[0].owner
    circles = circles_of(owner)
    # Looked up before the transaction, which on SQLite would keep every writer waiting.
    news = {
        search.pk: news_of(
            Asked.stored(search.query),
            after=search.looked_at,
            until=last_hour(search.frequency, at),
            visible_to=circles,
        )
        for search in searches
    }
    with transaction.atomic():
        moved = list(_moved_on(searches, at))
        told = [(search, until) for search, until in moved if news[search.pk]]
        if told:
            notify(
                KIND,
                to=owner.email,
                language=max(told, key=lambda one: one[0].pk)[0].language,
                context={"searches": [_window(search, until) for search, until in told]},
                once=f"{KIND}:{owner.pk}:{[_window(search, until) for search, until in told]}",
            )
    return bool(told)


def _moved_on(searches: list[SavedSearch], at: datetime) -> Iterator[tuple[SavedSearch, datetime]]:
    """Yield those whose watermark this run has moved, each with the moment it moved to."""
    for search in searches:
        until = last_hour(search.frequency, at)
        if SavedSearch.objects.move_on(search, until):
            yield search, until


def _window(search: SavedSearch, until: datetime) -> list[object]:
    return [search.pk, search.looked_at.isoformat(), until.isoformat()]
