"""Certificates counted by path and month; counts that are too small are kept back."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from knowledge.learning.models import Certificate
from portal.small_counts import shown_count

MOST_LINES = 500


@dataclass(frozen=True)
class Line:
    """A path and a month, the first day of it; `count` is None where it is too small to be told."""

    title: str
    month: date
    count: int | None


def by_path_and_month() -> list[Line]:
    """Return how many certificates were given, the newest month first. One query."""
    # The month as it is written: SQLite would ask Python for each row what a day's month is.
    written = Substr(Cast("day", CharField()), 1, len("2026-12"))
    rows = Certificate.objects.order_by().annotate(month=written)
    counted = rows.values("path", "title", "month").annotate(count=Count("*"))
    return [
        Line(row["title"], date.fromisoformat(f"{row['month']}-01"), shown_count(row["count"]))
        for row in counted.order_by("-month", "title")[:MOST_LINES]
    ]
