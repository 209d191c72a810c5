"""Atom feeds of what happens to consultations: to all of them, and to one."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from consultations.calls.feeds.events import Event, events_of
from consultations.calls.models import ConsultationPage, read
from portal.cms.navigation import address
from portal.languages.addresses import asked_language, keeping_language
from portal.web.atom import Entry, Feed

ENTRIES = 50


@require_safe
@conditional_page
def consultations(request: HttpRequest) -> HttpResponse:
    """Serve what happened to all consultations, the newest first."""
    pages = list(_readable())
    language = asked_language(request) or settings.LANGUAGE_CODE
    with override(language):
        feed = Feed(
            title=_("Consultations"),
            subtitle=_("What opens, closes, changes and comes of it"),
            page=address("consultations/"),
            address=keeping_language(reverse("consultations_feed")),
            language=language,
            entries=_entries(events_of(read(pages), timezone.now()), named=True),
        )
        return feed.answer(request)


@require_safe
@conditional_page
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve what happened to one consultation, the newest first."""
    page = _readable().filter(slug=slug).first()
    if page is None:
        raise Http404
    language = asked_language(request) or page.original_language
    with override(language):
        page = page.in_language()
        feed = Feed(
            title=page.title,
            subtitle=_("What happens to this consultation"),
            page=page.get_url(),
            address=keeping_language(reverse("consultation_feed", args=[slug])),
            language=language,
            entries=_entries(events_of([page], timezone.now()), named=False),
        )
        return feed.answer(request)


def _readable() -> QuerySet[ConsultationPage]:
    return ConsultationPage.objects.readable().prefetch_related("extensions")


def _entries(events: Sequence[Event], *, named: bool) -> list[Entry]:
    """Return the newest of them; `named` where the reader must be told whose they are."""
    return [
        Entry(
            kind="event",
            key=f"{event.page.docket}/{event.key}",
            title=f"{event.label}: {event.page.title}" if named else event.label,
            path=event.path or event.page.get_url(),
            at=event.at,
            summary=event.summary,
            label=event.label,
            language=event.page.language_of("summary"),
        )
        for event in events[:ENTRIES]
    ]
