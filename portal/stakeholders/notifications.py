"""Mail about accounts: allauth writes it, and it goes the way of all other mail."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.languages.lists import in_words
from portal.notifications.actions import notify, take_back
from portal.notifications.rate_limits import (
    ACCOUNT,
    ACCOUNT_KNOWN,
    INVITATIONS,
    NOTICES,
    PROOFS,
)
from portal.notifications.registry import NotificationKind, register_kind
from portal.onion import on_the_open_web
from portal.stakeholders.models import Invitation, User

CODE, KNOWN = "account.code", "account.code.known"
NOTICE, PROOF = "account.notice", "account.proof"
TEMPLATE = "stakeholders/mail/account"
INVITATION = "account.invitation"


def register_kinds() -> None:
    """Make known what mail about accounts there is."""
    label = _("Signing up, signing in, a forgotten password")
    register_kind(NotificationKind(CODE, label, TEMPLATE, limit=ACCOUNT))
    label = _("Signing in from a browser that is known")
    register_kind(NotificationKind(KNOWN, label, TEMPLATE, limit=ACCOUNT_KNOWN))
    label = _("A change to an account")
    register_kind(NotificationKind(NOTICE, label, TEMPLATE, limit=NOTICES))
    label = _("A code before a change to an account")
    register_kind(NotificationKind(PROOF, label, TEMPLATE, limit=PROOFS))
    label = _("An invitation to work here")
    template = "stakeholders/mail/invitation"
    register_kind(
        NotificationKind(INVITATION, label, template, prepare=_prepare, limit=INVITATIONS)
    )


def tell_of_account(*, to: str, subject: str, text: str, kind: str = CODE) -> None:
    """
    Send a mail about an account, in the language in force.

    A NOTICE is of what its owner did while signed in, and a PROOF what they ask for then. A CODE
    anybody can have sent to anybody; KNOWN is one that was asked for from a browser in which its
    owner has signed in before. Each is bounded, apart from the others: over the limit nothing is
    sent, in the same time.
    """
    context: dict[str, Any] = {"subject": subject, "text": text}
    with transaction.atomic():
        notify(
            kind,
            to=to,
            language=get_language() or settings.LANGUAGE_CODE,
            context=context,
            once=f"account.{uuid.uuid4()}",
        )


def addresses_of(user: User) -> list[str]:
    """Return every address that is known of a person, each once."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return list({each.lower(): each for each in [user.email, *known]}.values())


def tell_everywhere(user: User, subject: str, text: str) -> None:
    """Tell a person something about their account at every address that is known."""
    for address in addresses_of(user):
        tell_of_account(
            to=address,
            subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject,
            text=text,
            kind=NOTICE,
        )


def send_invitation(invitation: Invitation, link: str) -> None:
    """
    Have the invited mailbox told who invites to what, inside the transaction of the invitation.

    The mail is the same whether the address has an account or not. The link stands in its query,
    which no log has.
    """
    path = f"{reverse('account_invitation')}?{urlencode({'by': link})}"
    notify(
        INVITATION,
        to=invitation.email,
        language=invitation.language or settings.LANGUAGE_CODE,
        context={
            "who": str(invitation.invited_by),
            "reason": invitation.reason,
            "roles": invitation.role_names,
            "organisation": str(invitation.organisation or ""),
            "state": invitation.state.name if invitation.state else "",
            "link": on_the_open_web(path),
            "until": invitation.expires_at.isoformat(),
        },
        once=f"invitation.{invitation.link_hash}",
        about=_about(invitation),
    )


def take_invitation_back(invitation: Invitation) -> None:
    """Take its mail back where that is not on its way yet."""
    take_back(_about(invitation))


def _prepare(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the mail says, with the day until which the link works in words."""
    until = date_format(datetime.fromisoformat(context["until"]), "DATETIME_FORMAT")
    return {**context, "until": until, "roles": in_words(context["roles"])}


def _about(invitation: Invitation) -> str:
    return f"invitation.{invitation.pk}"
