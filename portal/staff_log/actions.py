"""Adding to the log of staff, and forgetting what is old."""

from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.confidential import is_unheard
from portal.staff_log.models import StaffEvent, What
from portal.web.rate_limits import Limit

log = structlog.get_logger("portal.staff")
# So that nobody fills the database by failing to sign in as somebody else.
MOST = Limit("staff-log", most=100, seconds=3600)


def note(person: Any, what: What, detail: str = "") -> None:
    """
    Add a line about a member of staff, here and in the JSON log; of anybody else nothing.

    `person` is a User, or None. Nothing is noted of a confidential page, whoever asked for it, nor
    more than a hundred lines an hour of one kind about one person.
    """
    if person is None or not person.is_staff_member or is_unheard():
        return
    if not MOST.take(what.value, str(person.pk)):
        return
    StaffEvent.objects.create(
        person=person, name=str(person)[:100], what=what, detail=detail[:200], at=timezone.now()
    )
    log.info("staff", person=person.pk, what=what.value, detail=detail[:200])


def name_for_log(person: Any) -> str:
    """Return what a line about another calls this person: by name only whoever is staff too."""
    return str(person) if person.is_staff_member else _("a member")


def forget_old() -> int:
    """Erase what is older than STAFF_LOG_DAYS, and return how many lines."""
    oldest = timezone.now() - timedelta(days=settings.STAFF_LOG_DAYS)
    return StaffEvent.objects.filter(at__lt=oldest).delete()[0]
