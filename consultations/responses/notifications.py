"""What a submitter hears of their response: on the status page always, by mail where they asked."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from consultations.calls.models import ConsultationPage
from consultations.responses import contacts
from consultations.responses.contacts import about
from consultations.responses.days import day_of
from consultations.responses.models import Identity, Response, StatusEvent
from portal.notifications.actions import notify
from portal.notifications.confirmations import Reachable
from portal.notifications.neutral import tell_of_news
from portal.notifications.registry import NotificationKind, register_kind

Kind = StatusEvent.Kind
# Why an address is erased though nobody asked for it; each ends the mail about a response.
LAST = (Kind.OUTCOME, Kind.CANCELLED, Kind.LAPSED)
# What others did. Of what they did themself nobody without a name is sent evidence.
NEWS = (
    Kind.CLARIFICATION_ASKED,
    Kind.FILE_NOT_TAKEN,
    Kind.ACCEPTED,
    Kind.REJECTED,
    Kind.REOPENED,
    Kind.REDACTED,
    Kind.PUBLISHED,
    Kind.REMOVED,
    Kind.RESTORED,
    Kind.APPEAL_GRANTED,
    Kind.APPEAL_REFUSED,
    Kind.DISPUTED,
    Kind.DISPUTE_ENDED,
    *LAST,
)
TOLD_BY_MAIL = (Kind.RECEIVED, Kind.NEW_VERSION, Kind.WITHDRAWN, *NEWS)


def tell(
    response: Response, kind: StatusEvent.Kind, text: str = "", *, at: datetime
) -> StatusEvent:
    """
    Add an event to the response's status page, dated with the day of `at` in its zone.

    Inside the caller's transaction. Where the submitter confirmed an address, a mail goes out that
    says what happened and where to read it; to whoever answered without a name, at the day's end,
    only that there is news. `text` stands on the status page alone.
    """
    page = response.consultation
    event = StatusEvent.objects.create(response=response, kind=kind, text=text, on=day_of(page, at))
    reachable = contacts.readable(response) if kind in TOLD_BY_MAIL else None
    if reachable is None:
        return event
    if response.identity != Identity.ANONYMOUS:
        _write(response, kind, reachable, once=f"responses.event.{event.pk}")
    elif kind in NEWS:
        tell_of_news(to=reachable.address, language=reachable.language, about=about(response))
    return event


def tell_received(response: Response, to: Reachable) -> None:
    """Tell whoever answers under a name, and has just confirmed an address, that it is in."""
    if response.identity != Identity.ANONYMOUS:
        _write(response, Kind.RECEIVED, to, once=f"responses.received.{response.pk}.{to.address}")


def register_kinds() -> None:
    """Make known what a submitter can be told of."""
    for kind in TOLD_BY_MAIL:
        register_kind(NotificationKind(_key(kind), kind.label, "responses/mail/event"))


def _write(response: Response, kind: StatusEvent.Kind, to: Reachable, *, once: str) -> None:
    notify(
        _key(kind),
        to=to.address,
        language=to.language,
        context=_context(response, response.consultation, kind, to.language),
        once=once,
        about=about(response),
    )


def _key(kind: StatusEvent.Kind) -> str:
    return f"response.{StatusEvent.Kind(kind).value}"


def _context(
    response: Response, page: ConsultationPage, kind: StatusEvent.Kind, language: str
) -> dict[str, Any]:
    """
    Return what the mail's template is given: neither an answer nor the code.
    """
    space = "responses:organisation" if response.organisation_id is not None else "responses"
    with translation.override(language):
        path = reverse(f"{space}:status", args=[page.slug])
    return {
        "kind": StatusEvent.Kind(kind).value,
        "consultation": page.in_language(language).title,
        "reference": response.reference,
        "path": path,
        "is_last": kind == Kind.WITHDRAWN or kind in LAST,
        "has_account": response.code_hash is None,
    }
