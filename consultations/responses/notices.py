"""What everybody is told of answers let in after the deadline: why, until when, and how."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.calls.notices import Note, register
from consultations.calls.phases import Phase
from consultations.responses.models import LateToken
from consultations.responses.permissions import may_be_let_in
from portal.cms.jinja import datetime_in


def announced(page: ConsultationPage, at: datetime) -> Iterator[Note]:
    """
    Say of each announced late token until when it lets answers in; once it is over, that it did.

    That stays for good: answers without a name are not marked as late, so whoever reads them
    learns here that some may have come after the deadline.
    """
    if not page.asks_questions or page.phase(at) is Phase.CANCELLED:
        return
    for token in LateToken.objects.announced(page.pk):
        is_held = token.revoked_on is None and at < token.expires_at
        if is_held and may_be_let_in(page, at):
            yield Note(
                # Translators: moment is a day, a time and a time zone.
                _("Late responses are taken until %(moment)s") % {"moment": until(token)},
                why(token),
                _("If this kept you from responding, you can still do so. Nobody has to prove it."),
                reverse("responses:late", args=[page.slug]),
                _("Respond after the deadline"),
            )
        elif is_held:
            yield Note(
                _("After the deadline, late responses are taken until %(moment)s")
                % {"moment": until(token)},
                why(token),
                _("If this keeps you from responding in time, you will then find the way in here."),
            )
        else:
            yield Note(
                _("Late responses were taken until %(moment)s") % {"moment": until(token)},
                why(token),
            )


def why(token: LateToken) -> str:
    """Return a token's reason and event, such as "A disaster, fighting or unrest: Riverland"."""
    return f"{token.get_reason_display()}: {token.event}"


def until(token: LateToken) -> str:
    """Return a token's last moment, in the consultation's zone, or the day it was revoked."""
    if token.revoked_on is not None:
        return date_format(token.revoked_on)
    return datetime_in(token.deadline, token.consultation.timezone)


def register_notes() -> None:
    """Put the notes up."""
    register(announced)
