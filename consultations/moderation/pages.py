"""
The queue of responses, a page at a time, by keyset: first what waits, the longest waiting on top.

Within a day they stand by their references, which were drawn by chance. Nothing orders by arrival,
since rows of an anonymous response's day could then be laid beside somebody's whereabouts.
"""

import re
from collections.abc import Collection
from datetime import date
from typing import NamedTuple, Self

from django.db.models import Q, QuerySet

from consultations.moderation.queries import WAITING
from consultations.responses.models import Response
from portal.web.listing import Slice

ORDER = ("newest_on", "reference")
PLACE = re.compile(r"(waiting|done)\.([0-9]{8})\.([\w-]{1,32})", re.ASCII)


class Place(NamedTuple):
    """Place in the queue. It says itself where it is: the response there may move meanwhile."""

    is_done: bool
    day: date
    reference: str

    def __str__(self) -> str:
        return f"{'done' if self.is_done else 'waiting'}.{self.day:%Y%m%d}.{self.reference}"

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """Return the place that an address names; None where it names none."""
        found = PLACE.fullmatch(written)
        if not found:
            return None
        try:
            day = date.fromisoformat(found[2])
        except ValueError:
            return None
        return cls(found[1] == "done", day, found[3])

    @classmethod
    def of(cls, response: Response) -> Self:
        """Return where a response stands now."""
        assert response.newest_on is not None
        return cls(response.status not in WAITING, response.newest_on, response.reference)


def page_of(
    found: QuerySet[Response],
    *,
    after: Place | None = None,
    before: Place | None = None,
    last: bool = False,
    limit: int,
) -> Slice[Response]:
    """
    Return at most `limit` responses of `found`, a part of the queue, in its order.

    Those that follow `after` or lead up to `before`, the last ones, or the first. Two queries.
    """
    back = last or before is not None
    rows = _read(found, before if back else after, back, limit + 1)
    more = len(rows) > limit
    rows = rows[:limit][::-1] if back else rows[:limit]
    if not rows:
        return Slice([], "", "")
    first, end = str(Place.of(rows[0])), str(Place.of(rows[-1]))
    has_before = more if back else after is not None
    has_after = before is not None if back else more
    return Slice(rows, first if has_before else "", end if has_after else "")


def next_in_queue(found: QuerySet[Response], after: Response | Place) -> Response | None:
    """
    Return the response that follows another one in `found`, a part of the queue; None at its end.

    `after` need not be in `found`. A response counts where it stands now.
    """
    place = after if isinstance(after, Place) else Place.of(after)
    return next(iter(_read(found, place, False, 1)), None)


def _read(found: QuerySet[Response], place: Place | None, back: bool, limit: int) -> list[Response]:
    """Read on from a place, or back from it, first in the one half of the queue, then the other."""
    rows: list[Response] = []
    halves: Collection[bool] = (True, False) if back else (False, True)
    for is_done in halves:
        if len(rows) == limit or (place and place.is_done != is_done == back):
            continue  # enough, or the half on the other side of the place
        half = found.exclude(status__in=WAITING) if is_done else found.filter(status__in=WAITING)
        if place and place.is_done == is_done:
            half = half.filter(_beyond(place, back))
        half = half.order_by(*(f"-{name}" if back else name for name in ORDER))
        rows += half[: limit - len(rows)]
    return rows


def _beyond(place: Place, back: bool) -> Q:
    sign = "lt" if back else "gt"
    same_day = Q(newest_on=place.day, **{f"reference__{sign}": place.reference})
    # Said twice, so that the databases read the index from the day on.
    return Q(**{f"newest_on__{sign}e": place.day}) & (
        Q(**{f"newest_on__{sign}": place.day}) | same_day
    )
