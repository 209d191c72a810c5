"""The mail to a follower, put together when it is sent."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.following.events import LAST, happened
from consultations.following.unsubscribe_links import stop_address
from portal.cms.jinja import deadline_in_words
from portal.notifications.registry import NotificationKind, register_kind
from portal.onion import on_the_open_web

KIND = "following.event"


def register_kinds() -> None:
    """Make known what followers are told."""
    label = gettext_lazy("News of a consultation that somebody follows")
    register_kind(NotificationKind(KIND, label, "following/mail/event", prepare=prepare))


def prepare(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    Return what the mail says now, in the language in force; None where it is not so any more.

    `context` has the key of the consultation, of the event and of the following: neither a title
    nor a reason waits in the outbox.
    """
    pages = ConsultationPage.objects.readable().filter(pk=context["consultation"])
    page = pages.prefetch_related("extensions").first()
    if page is None:
        return None
    page = page.in_language()
    at = timezone.now()
    told = {event.key: event for event in happened([page], at)}
    event = told.get(context["event"])
    if event is None:
        return None
    path = event.path or page.get_url()
    is_running = page.phase(at) in (Phase.SCHEDULED, Phase.OPEN)
    return {
        "consultation": page.title,
        "label": event.label,
        "summary": event.summary,
        "deadline": deadline_in_words(page.deadline, page.timezone) if is_running else "",
        "url": path if "://" in path else on_the_open_web(path),
        "is_last": event.key in LAST,
        "unsubscribe": stop_address(context["follow"]),
    }
