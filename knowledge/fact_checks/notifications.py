"""Mail of a fact check: to experts, who have no account, and to the editor who asked them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from knowledge.fact_checks.models import Expert
from portal.notifications.actions import notify, take_back
from portal.notifications.rate_limits import INVITATIONS, NEWS, NOTICES
from portal.notifications.registry import NotificationKind, register_kind
from portal.onion import on_the_open_web

INVITED, REMINDER, SENT = "fact_check.invited", "fact_check.reminder", "fact_check.sent"
# Days before the deadline on which who has not sent is reminded, the nearest first.
STEPS = (0, 1, 7)


def register_kinds() -> None:
    """Make known what mail of fact checks there is."""
    folder = "fact_checks/mail"
    for kind in (
        NotificationKind(
            INVITED,
            _("A request to check facts"),
            f"{folder}/invited",
            prepare=_invited,
            limit=INVITATIONS,
        ),
        NotificationKind(
            REMINDER,
            _("A reminder to check facts"),
            f"{folder}/reminder",
            prepare=_reminded,
            limit=NEWS,
        ),
        NotificationKind(SENT, _("An expert has checked facts"), f"{folder}/sent", limit=NOTICES),
    ):
        register_kind(kind)


def link_of(expert: Expert, secret: str) -> str:
    """Return the address of the page that a secret opens, in the expert's language."""
    with override(expert.language):
        return on_the_open_web(reverse("check_facts", args=[secret]))


def send_link(expert: Expert, secret: str) -> None:
    """Have an expert told what is asked, with their private link; in the act's transaction."""
    notify(
        INVITED,
        to=expert.email,
        language=expert.language,
        context={"expert": expert.pk, "hash": expert.link_hash, "link": link_of(expert, secret)},
        once=f"fact_check.link.{expert.link_hash}",
        about=_about(expert),
    )


def remind(expert: Expert, step: int) -> None:
    """Have an expert told of the deadline, once for each step before each deadline."""
    deadline = expert.fact_check.deadline
    notify(
        REMINDER,
        to=expert.email,
        language=expert.language,
        context={"expert": expert.pk, "deadline": deadline.isoformat()},
        once=f"fact_check.reminder.{expert.pk}.{deadline}.{step}",
        about=_about(expert),
    )


def step_of(expert: Expert, on: date) -> int | None:
    """
    Return how many days before the deadline the reminder was due that counts on the day `on`.

    None where none is due: too early, too late, or the link itself went out on that day or later.
    """
    left = (expert.fact_check.deadline - on).days
    for step in STEPS:
        if 0 <= left <= step:
            sent_before = (expert.fact_check.deadline - expert.invited_on).days > step
            return step if sent_before else None
    return None


def tell_editor(expert: Expert) -> None:
    """Have who opened the round told that an expert has sent; nobody where they have left."""
    check = expert.fact_check
    if check.opened_by is None or not check.opened_by.is_active:
        return
    notify(
        SENT,
        to=check.opened_by.email,
        language=check.language or settings.LANGUAGE_CODE,
        context={
            "name": expert.name,
            "guide": check.guide.title,
            "title": check.title,
            "path": reverse("fact_check", args=[check.pk]),
        },
        once=f"fact_check.sent.{expert.pk}",
    )


def take_mail_back(expert: Expert) -> None:
    """Take back what is for an expert and not on its way yet."""
    take_back(_about(expert))


def _invited(context: Mapping[str, Any]) -> dict[str, Any] | None:
    expert = Expert.objects.waiting().filter(pk=context["expert"]).first()
    if expert is None or expert.link_hash != context["hash"]:
        return None
    return {**_told(expert), "link": context["link"]}


def _reminded(context: Mapping[str, Any]) -> dict[str, Any] | None:
    expert = Expert.objects.waiting().filter(pk=context["expert"]).first()
    today = timezone.now().date()
    if expert is None or expert.fact_check.deadline.isoformat() != context["deadline"]:
        return None
    if expert.fact_check.deadline < today:
        return None
    return {**_told(expert), "invited": date_format(expert.invited_on)}


def _told(expert: Expert) -> dict[str, Any]:
    check = expert.fact_check
    return {
        "name": expert.name,
        "guide": check.guide.title,
        "title": check.title,
        "brief": check.brief,
        "contact": check.contact,
        "deadline": date_format(check.deadline),
        "until": date_format(check.works_until),
    }


def _about(expert: Expert) -> str:
    return f"fact_check.expert.{expert.pk}"
