"""
When a consultation opens: as planned, or when it is published, whichever is later.

Nobody can answer what is not published. So a page that is published after its planned opening
opens at that moment, and `opens_at` of what is published says so from then on; pages, feeds,
search, calendars and the twelve weeks all read it there.
"""

from datetime import datetime
from typing import Any

from wagtail.models import PageLogEntry

TAKEN_DOWN = ("wagtail.unpublish", "wagtail.unpublish.scheduled")


def opening_of(page: Any, at: datetime) -> datetime:
    """
    Return when a page opens that is published at an aware instant, or later if that is planned.

    A consultation that has opened keeps its opening. No opening comes after the deadline.
    """
    if opened := opened_at(page, at):
        return opened
    moments = (page.opens_at, at, page.go_live_at)
    latest: datetime = max(moment for moment in moments if moment)
    return min(latest, page.closes_at) if page.closes_at else latest


def opened_at(page: Any, at: datetime) -> datetime | None:
    """Return when what is or was published opened, if people could answer before `at`."""
    published = (
        type(page)
        .objects.filter(pk=page.pk, first_published_at__isnull=False, opens_at__lte=at)
        .values("live", "opens_at")
        .first()
    )
    if published is None:
        return None
    opened: datetime = published["opens_at"]
    return opened if published["live"] or _was_taken_down_after(page.pk, opened) else None


def is_publication(page: Any) -> bool:
    """Say whether saving the page publishes it: Wagtail has noted a new moment in it."""
    if not page.pk or not page.live or not page.last_published_at:
        return False
    kept = type(page).objects.filter(pk=page.pk).values_list("last_published_at", flat=True)
    return page.last_published_at not in kept


def _was_taken_down_after(pk: int, opened: datetime) -> bool:
    acts = PageLogEntry.objects.filter(page=pk, action__in=TAKEN_DOWN, timestamp__gte=opened)
    return acts.exists()
