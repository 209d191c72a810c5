"""Verifying the mailboxes of an owner: a link goes to each, and whoever reads there follows it."""

import secrets
from datetime import date

from django.db import transaction

from knowledge.guides.models import MAILBOXES, Owner
from knowledge.guides.notifications import MAILBOX
from portal.keys import hashed
from portal.notifications.actions import notify


@transaction.atomic
def ask_to_verify(owner: Owner) -> list[str]:
    """Send a link to each mailbox that is not verified, and return their addresses."""
    asked = []
    for box in MAILBOXES:
        address = getattr(owner, box.field)
        if not address or getattr(owner, box.verified):
            continue
        secret = secrets.token_urlsafe(32)
        setattr(owner, box.secret, hashed(secret))
        owner.save(update_fields=[box.secret])
        notify(
            MAILBOX,
            to=address,
            language=owner.language,
            context={"secret": secret},
            once=f"{MAILBOX}:{hashed(secret)}",
        )
        asked.append(address)
    return asked


@transaction.atomic
def verify_mailbox(*, secret: str, on: date) -> Owner | None:
    """Verify the mailbox whose latest link holds `secret`; None where there is none."""
    if (found := Owner.objects.asked_by(secret)) is None:
        return None
    owner, box = found
    setattr(owner, box.verified, on)
    setattr(owner, box.secret, "")
    owner.save(update_fields=[box.verified, box.secret])
    return owner
