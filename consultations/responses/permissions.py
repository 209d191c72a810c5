"""
Who may do what with an answer, and until when.

Whoever holds the code of a draft or a response is its owner; views have seen the code before they
come here. So these predicates ask only of what belongs to an account or to an organisation.
"""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.responses.models import Draft, LateToken, Response, Status

# Signed-out visitors come as Django's AnonymousUser, which is no User: hence Any.

CHANGEABLE = frozenset({Status.RECEIVED, Status.CLARIFICATION, Status.ACCEPTED})


class Timing(Enum):
    """How an answer stands to the deadline at an instant."""

    IN_TIME = "in time"
    GRACE = "in grace"  # counts as in time: it was begun before the deadline
    LATE = "late"  # let in by a late token
    CLOSED = "closed"

    @property
    def is_taken(self) -> bool:
        return self is not Timing.CLOSED


def is_open(page: ConsultationPage, at: datetime) -> bool:
    """Whether answers may be begun at an aware instant: published and in time, to the second."""
    return page.live and page.phase(at) is Phase.OPEN


def is_in_grace(page: ConsultationPage, at: datetime) -> bool:
    """Whether drafts begun in time are still taken; exclusive, as the deadline is."""
    grace = timedelta(hours=page.grace_hours)
    return page.live and page.phase(at) is Phase.CLOSED and at < page.closes_at + grace


def token_holds(token: LateToken | None, page: ConsultationPage, at: datetime) -> bool:
    """Whether a late token lets an answer into this consultation at an aware instant."""
    return (
        token is not None
        and token.consultation_id == page.pk
        and token.used_on is None
        and at < token.expires_at
        and page.live
        and page.phase(at) in (Phase.CLOSED, Phase.OUTCOME)
    )


def timing_of(draft: Draft, page: ConsultationPage, at: datetime) -> Timing:
    """How a draft stands to the deadline of its consultation, whose row is read afresh."""
    if is_open(page, at):
        return Timing.IN_TIME
    if draft.begun_in_time and is_in_grace(page, at):
        return Timing.GRACE
    if token_holds(draft.late_token, page, at):
        return Timing.LATE
    return Timing.CLOSED


def user_may_write(user: Any, draft: Draft) -> bool:
    """Whoever holds its code; else the account that began it, and its organisation's people."""
    if draft.account_id is None:
        return True
    return _is_theirs(user, draft)


def user_may_follow(user: Any, response: Response) -> bool:
    """Whoever holds its code; else the account that sent it, and its organisation's people."""
    if response.account_id is None:
        return response.code_hash is not None
    return _is_theirs(user, response)


def user_may_change(user: Any, response: Response, page: ConsultationPage, at: datetime) -> bool:
    """Its owner, before the deadline and before it is published."""
    return user_may_follow(user, response) and response.status in CHANGEABLE and is_open(page, at)


def user_may_withdraw(user: Any, response: Response) -> bool:
    """Its owner, at any time."""
    return user_may_follow(user, response)


def _is_theirs(user: Any, thing: Draft | Response) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    shared = thing.organisation_id is not None and thing.organisation_id == user.organisation_id
    return bool(thing.account_id == user.pk or shared)
