"""Who screens responses, who reads them, and who opens what is for officials only."""

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from consultations.calls.permissions import user_has_interest
from consultations.moderation.models import Clearance
from consultations.responses.models import Response
from portal.stakeholders.models import Person, User
from portal.stakeholders.roles import ADMINISTRATOR, ANALYST, MODERATOR


def user_is_screener(user: Person) -> bool:
    """Say whether this is a moderator or administrator, even of the consulting body."""
    return bool(user.is_authenticated and user.has_role(MODERATOR, ADMINISTRATOR))


def user_can_read_responses(user: Person) -> bool:
    """Let those who screen and analysts read; what is for officials only stays closed to them."""
    return user_is_screener(user) or user_is_analyst(user)


def user_is_analyst(user: Person) -> bool:
    """Say whether this person reads responses to find what they say."""
    return bool(user.is_authenticated and user.has_role(ANALYST))


def user_can_screen(user: Person, response: Response) -> bool:
    """
    Say whether this person screens: nobody screens their own response or organisation's, nor any
    of a consultation in which they declared an interest.
    """
    return (
        user_is_screener(user)
        and not _is_own(user, response)
        and not user_has_interest(user, response.consultation_id)
    )


def user_can_screen_all(user: Person, consultation_id: int, responses: Iterable[Response]) -> bool:
    """Say whether this person screens each of some responses of one consultation."""
    return (
        user_is_screener(user)
        and not user_has_interest(user, consultation_id)
        and not any(_is_own(user, each) for each in responses)
    )


def user_can_decide_on(user: Person, response: Response, proposed_by_id: int | None) -> bool:
    """Say whether this person may decide: whoever proposed it may not, superusers included."""
    return user_can_screen(user, response) and user.pk != proposed_by_id


def user_can_decide_appeal(user: Person, response: Response, decided_by: Collection[int]) -> bool:
    """Say whether this person screens it, and took no part in what the appeal is about."""
    return user_can_screen(user, response) and user.pk not in decided_by


def user_is_cleared(user: Person) -> bool:
    """
    Say whether this person was cleared to open what is for officials only.

    Neither a role nor being a superuser brings it along; see `actions.clearing`.
    """
    if not user_can_read_responses(user):
        return False
    return Clearance.objects.in_force().filter(person=user.pk).exists()


def user_can_propose_clearance(user: Person) -> bool:
    """Say whether this is an administrator."""
    return bool(user.is_authenticated and user.has_role(ADMINISTRATOR))


def user_can_see_acts(user: Person) -> bool:
    """Let administrators see who of the staff did what: who reads the log of staff reads this."""
    return user_can_propose_clearance(user)


def user_can_give_clearance(user: Person, clearance: Clearance) -> bool:
    """Say whether this is another administrator than the proposer, and not the person."""
    return user_can_propose_clearance(user) and user.pk not in (
        clearance.proposed_by_id,
        clearance.person_id,
    )


def user_can_end_clearance(user: Person, clearance: Clearance) -> bool:
    """Say whether this is an administrator, or the person themself."""
    return user_can_propose_clearance(user) or bool(
        user.is_authenticated and user.pk == clearance.person_id
    )


def user_can_see_clearances(user: Person) -> bool:
    """Let those see them who are cleared, and those who propose and give."""
    return user_can_propose_clearance(user) or user_is_cleared(user)


def user_can_open_confidential(user: Person, response: Response) -> bool:
    """Let the cleared open it, except their own or their organisation's, or with an interest."""
    return (
        not _is_own(user, response)
        and user_is_cleared(user)
        and not user_has_interest(user, response.consultation_id)
    )


def _is_own(user: Person, response: Response) -> bool:
    return (response.account_id is not None and response.account_id == user.pk) or (
        response.organisation_id is not None
        and response.organisation_id == getattr(user, "organisation_id", None)
    )


def staff_of(request: HttpRequest) -> User:
    """Return who works in the admin here. Raises PermissionDenied where nobody is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
