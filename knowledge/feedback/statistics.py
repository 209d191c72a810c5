"""What readers said, counted by guide and by search; counts that are too small are kept back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from knowledge.feedback.models import Feedback
from knowledge.guides.models import Owner
from portal.small_counts import FEWEST, shown_count


@dataclass(frozen=True)
class Line:
    """A guide, or what was searched for: how many found it useful and how many not, in words."""

    name: str
    owner: str
    useful: str
    not_useful: str


def told(count: int) -> str:
    """Return a count as it is told: never between nothing and the fewest that are."""
    shown = shown_count(count)
    return _("fewer than %(number)d") % {"number": FEWEST} if shown is None else str(shown)


def by_guide(owner: Owner | None = None) -> list[Line]:
    """Return the guides of which readers said something, the least useful first. One query."""
    found = _of(owner).values("guide__title", "guide__unit__unit", "guide").annotate(**_COUNTS)
    return [
        _line(row, row["guide__title"], row["guide__unit__unit"] or "") for row in _sorted(found)
    ]


def by_search(owner: Owner | None = None) -> list[Line]:
    """
    Return what was searched for before a guide was judged, the least useful first. One query.

    Only what as many searched for as may be told: rare words could tell of who typed them.
    """
    rows = _of(owner).exclude(words="").values("words").annotate(**_COUNTS)
    found = rows.filter(total__gte=FEWEST)
    return [_line(row, row["words"], "") for row in _sorted(found)]


_COUNTS = {
    "total": Count("pk"),
    "yes": Count("pk", filter=Q(was_useful=True)),
    "no": Count("pk", filter=Q(was_useful=False)),
}


def _of(owner: Owner | None) -> Any:
    found = Feedback.objects.order_by()
    return found.filter(guide__unit=owner) if owner else found


def _sorted(rows: Iterable[Any]) -> list[Any]:
    """Return rows by how many are told to have found no use; what is kept back tells no order."""
    return sorted(rows, key=lambda row: (-(shown_count(row["no"]) or 0), _name(row)))


def _name(row: Any) -> str:
    return str(row.get("guide__title") or row.get("words")).casefold()


def _line(row: Any, name: str, owner: str) -> Line:
    return Line(name, owner, told(row["yes"]), told(row["no"]))
