"""Who screens responses, who reads them, and who opens what is for officials only."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q

from consultations.responses.models import Response
from portal.stakeholders.roles import ADMINISTRATOR, ANALYST, MODERATOR

# The group that a migration makes for them; who joins it was cleared by name.
CLEARED = "Cleared for confidential answers"

# Signed-out visitors come as Django's AnonymousUser, which is no User: hence Any.


def user_is_screener(user: Any) -> bool:
    """Moderators and administrators, those of the consulting body included: it is asked of them."""
    return bool(user.is_authenticated and user.has_role(MODERATOR, ADMINISTRATOR))


def user_can_read_responses(user: Any) -> bool:
    """Those who screen, and analysts; what is for officials only stays closed to them."""
    return user_is_screener(user) or bool(user.is_authenticated and user.has_role(ANALYST))


def user_can_screen(user: Any, response: Response) -> bool:
    """Whoever screens, but nobody their own response or their own organisation's."""
    return user_is_screener(user) and not _is_own(user, response)


def user_can_decide_rejection(user: Any, response: Response, proposed_by_id: int | None) -> bool:
    """Rejecting takes two: whoever proposed it does not decide on it, superusers included."""
    return user_can_screen(user, response) and user.pk != proposed_by_id


def user_is_cleared(user: Any) -> bool:
    """
    Whether this person was cleared to open what is for officials only.

    It is given in so many words, to a person or to a group of theirs: neither a role nor being a
    superuser brings it along.
    """
    if not user_can_read_responses(user):
        return False
    return (
        Permission.objects.filter(
            content_type__app_label="moderation", codename="read_confidential"
        )
        .filter(Q(group__user=user) | Q(user=user))
        .exists()
    )


def user_can_open_confidential(user: Any, response: Response) -> bool:
    """The cleared, except where the response is their own or their organisation's."""
    return not _is_own(user, response) and user_is_cleared(user)


def _is_own(user: Any, response: Response) -> bool:
    return (response.account_id is not None and response.account_id == user.pk) or (
        response.organisation_id is not None
        and response.organisation_id == getattr(user, "organisation_id", None)
    )
