"""What a submitter hears of their response: on the status page always, by mail where they asked."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from consultations.calls.models import ConsultationPage
from consultations.responses import contacts
from consultations.responses.days import day_of
from consultations.responses.models import Contact, Identity, Response, StatusEvent
from portal.notifications.actions import notify
from portal.notifications.registry import NotificationKind, register_kind

Kind = StatusEvent.Kind
# What the submitter did themself is told once, when it is received.
TOLD_BY_MAIL = (
    Kind.RECEIVED,
    Kind.NEW_VERSION,
    Kind.CLARIFICATION_ASKED,
    Kind.ACCEPTED,
    Kind.REJECTED,
    Kind.REOPENED,
    Kind.REDACTED,
    Kind.PUBLISHED,
    Kind.WITHDRAWN,
    Kind.REMOVED,
)


def tell(
    response: Response, kind: StatusEvent.Kind, text: str = "", *, at: datetime
) -> StatusEvent:
    """
    Add an event to the response's status page, dated with the day of `at` in its zone.

    Inside the caller's transaction. Where the submitter left an address, a mail goes out that says
    that something happened and where to read it; `text` stands on the status page alone.
    """
    page = response.consultation
    event = StatusEvent.objects.create(response=response, kind=kind, text=text, on=day_of(page, at))
    contact = Contact.objects.filter(response=response).first() if kind in TOLD_BY_MAIL else None
    reachable = contacts.readable(contact.sealed) if contact else None
    if reachable:
        address, language = reachable
        notify(
            _key(kind),
            to=address,
            language=language,
            context=_context(response, page, kind, language),
            once=f"responses.event.{event.pk}",
        )
    return event


def register_kinds() -> None:
    """Make known what a submitter can be told of."""
    for kind in TOLD_BY_MAIL:
        register_kind(NotificationKind(_key(kind), kind.label, "responses/mail/event"))


def _key(kind: StatusEvent.Kind) -> str:
    return f"response.{StatusEvent.Kind(kind).value}"


def _context(
    response: Response, page: ConsultationPage, kind: StatusEvent.Kind, language: str
) -> dict[str, Any]:
    """
    What the mail's template is given: neither an answer nor the code.

    The reference of an anonymous response stays out too: published, it would tell whoever reads
    the mailbox which response is whose.
    """
    space = "responses:organisation" if response.organisation_id is not None else "responses"
    with translation.override(language):
        path = reverse(f"{space}:status", args=[page.slug])
    named = response.identity != Identity.ANONYMOUS
    return {
        "kind": StatusEvent.Kind(kind).value,
        "consultation": page.title,
        "reference": response.reference if named else "",
        "path": path,
        "has_account": response.code_hash is None,
    }
