"""
What happened to consultations, in order: for feeds.

A room above registers in `AppConfig.ready()` what happens there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.calls.phases import Phase, phase_of
from consultations.calls.texts.listing import EXTENSIONS
from consultations.calls.texts.reading import own_words
from portal.cms.jinja import datetime_in


@dataclass(frozen=True)
class Event:
    """
    Something that happened to a consultation at an aware instant.

    `key` tells it from others of the same consultation for ever; `path` leads to what tells more of
    it, where that is not the page of the consultation.
    """

    page: Any
    key: str
    label: str
    at: datetime
    summary: str = ""
    path: str = ""


# What a room gives for pages, at an aware instant: all of it in one query.
Source = Callable[[Sequence[Any], datetime], Iterable[Event]]
_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Offer the events of a room; the same key again replaces them."""
    _sources[key] = source


def events_of(pages: Sequence[Any], at: datetime) -> list[Event]:
    """
    List what has happened to ConsultationPages until an aware instant, the newest first.

    Extensions are read with `extensions`, which the caller has fetched.
    """
    found = [event for page in pages for event in _own(page, at) if event.at <= at]
    for source in _sources.values():
        found += source(pages, at)
    return sorted(found, key=lambda event: (event.at, event.page.pk, event.key), reverse=True)


def _own(page: Any, at: datetime) -> Iterable[Event]:
    def shown(moment: datetime) -> str:
        return datetime_in(moment, page.timezone)

    phase = phase_of(page, at)
    if phase is Phase.CANCELLED:
        yield Event(page, "cancelled", _("Cancelled"), page.cancelled_at, page.cancel_reason)
    until = _("Open until %(deadline)s") % {"deadline": shown(page.deadline)}
    if phase is not Phase.CANCELLED or page.opens_at <= page.cancelled_at:
        yield Event(
            page,
            "opened",
            pgettext("what happened to a consultation", "Opened"),
            page.opens_at,
            f"{page.summary} {until}.".strip(),
        )
    for each in own_words(page, EXTENSIONS, page.extensions.all()):
        moved = _("It was %(before)s; it is %(after)s.") % {
            "before": shown(each.previous_deadline),
            "after": shown(each.new_deadline),
        }
        told = f"{moved} {_('Reason:')} {each.reason}"
        yield Event(page, f"extended-{each.pk}", _("Deadline moved"), each.decided_at, told)
    if phase in (Phase.CLOSED, Phase.OUTCOME):
        yield Event(
            page, "closed", pgettext("what happened to a consultation", "Closed"), page.closes_at
        )
    if phase is Phase.OUTCOME:
        label = _("Outcome published")
        published_at = page.outcome_published_at
        path = f"{page.get_url()}#outcome"
        yield Event(page, "outcome", label, published_at, page.outcome_summary, path)
