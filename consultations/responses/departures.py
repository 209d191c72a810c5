"""What becomes of somebody's answers when their account is deleted."""

from datetime import datetime

from django.utils.translation import gettext as _

from consultations.responses import contacts
from consultations.responses.actions.drafting import erase_draft
from consultations.responses.models import Draft, Response
from portal.stakeholders.departures import Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have answers told of, and mail about them ended, with each account."""
    register(Leaving(told=_told, leave=_leave))


def _told(user: User) -> list[str]:
    sentences = []
    if Draft.objects.filter(account=user).exists():
        sentences.append(_("Responses that you have begun and not sent are erased."))
    if Response.objects.filter(account=user).exists():
        sentences.append(
            _(
                "Responses that you have sent stay as you sent them, with the name that you gave "
                "there. Without the account nobody can follow, change or withdraw them. So first "
                "withdraw those that should not stay. Mail about them ends."
            )
        )
    return sentences


def _leave(user: User, at: datetime, erase: bool) -> None:
    drafts = Draft.objects.select_for_update(of=("self",)).filter(account=user)
    for draft in drafts.select_related("consultation"):
        erase_draft(draft)
    for response in Response.objects.filter(account=user):
        contacts.forget(response)
