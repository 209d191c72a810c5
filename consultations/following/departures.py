"""What becomes of what somebody follows when their account is deleted: it goes with it."""

from datetime import datetime

from django.utils.translation import gettext as _

from consultations.following.actions import stop_following
from consultations.following.models import Follow
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have it told of with each account, and the mail that waits taken back."""
    register(Leaving(told=_told, leave=_leave, kept=_kept))


def _told(user: User) -> list[str]:
    if not Follow.objects.of(user).exists():
        return []
    return [_("You no longer follow any consultation, and mail about them ends.")]


def _leave(user: User, at: datetime, erase: bool) -> None:
    for follow in Follow.objects.of(user):
        stop_following(pk=follow.pk)


def _kept(user: User, for_owner: bool) -> Kept:
    """Return what they follow for themself alone: no page shows it to anybody else."""
    found = Follow.objects.of(user).select_related("consultation") if for_owner else ()
    return Kept({"followed_consultations": [each.consultation.docket for each in found]})
