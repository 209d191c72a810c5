"""What becomes of somebody's comments when their account is deleted."""

from datetime import datetime

from django.utils.translation import ngettext

from consultations.discussion.actions import remove_all, take_names_out
from portal.stakeholders.departures import Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have comments decided about with each account."""
    register(Leaving(told=_told, leave=_leave, chooses=_has_comments))


def _told(user: User) -> list[str]:
    count = user.comments.count()
    if not count:
        return []
    return [
        ngettext(
            "You have written %(count)s comment in discussions.",
            "You have written %(count)s comments in discussions.",
            count,
        )
        % {"count": count}
    ]


def _has_comments(user: User) -> bool:
    return user.comments.exists()


def _leave(user: User, at: datetime, erase: bool) -> None:
    (remove_all if erase else take_names_out)(user, at)
