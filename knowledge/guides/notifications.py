"""Mails to those who answer for guides: a link that verifies a mailbox, and what is due."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.guides.models import GuidePage, Owner
from knowledge.guides.schedule import step_of
from knowledge.sources.presenters import silent_lines
from portal.notifications.rate_limits import CODES
from portal.notifications.registry import NotificationKind, register_kind

MAILBOX, REVIEWS = "guides.mailbox", "guides.reviews"


def register_kinds() -> None:
    """Make known what can be told."""
    register_kind(
        NotificationKind(
            MAILBOX,
            _("A link that verifies a mailbox of an owner"),
            "guides/mail/mailbox",
            prepare=_mailbox,
            limit=CODES,
        )
    )
    register_kind(
        NotificationKind(
            REVIEWS, _("Guides due for review"), "guides/mail/reviews", prepare=_reviews
        )
    )


def _mailbox(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return nothing where another link has taken its place, or it was followed."""
    if (found := Owner.objects.asked_by(context["secret"])) is None:
        return None
    link = f"{reverse('guides_owner_mailbox')}?{urlencode({'of': context['secret']})}"
    return {"unit": found.owner.unit, "link": link}


def _reviews(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return those of the guides that are still due when the mail goes; None where none is."""
    today = timezone.localdate()
    guides = GuidePage.objects.live().filter(pk__in=context["guides"])
    due = [
        guide
        for guide in guides.select_related("unit").order_by("review_due", "title")
        if guide.review_due and step_of(guide.review_due, today) is not None
    ]
    if not due:
        return None
    return {
        "unit": context["unit"],
        "count": len(due),
        "guides": [
            {
                "title": guide.title,
                "unit": guide.owner_unit,
                "due": guide.review_due,
                "is_overdue": guide.is_overdue(today),
                "path": guide.get_url_parts()[2],
                "still_true": reverse("still_true", args=[guide.pk]),
                "silent": silent_lines(guide.sources.all()),
            }
            for guide in due
        ],
    }
