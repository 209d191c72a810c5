"""Mail about accounts: allauth writes it, and it goes the way of all other mail."""

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.notifications.actions import notify
from portal.notifications.rate_limits import ACCOUNT, ACCOUNT_KNOWN, NOTICES, PROOFS
from portal.notifications.registry import NotificationKind, register_kind

CODE, KNOWN = "account.code", "account.code.known"
NOTICE, PROOF = "account.notice", "account.proof"
TEMPLATE = "stakeholders/mail/account"


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
