"""
Taking a published response off the page, and putting it back: each takes two people.

Where publication puts somebody at risk nobody waits: one person takes it off at once, and a second
confirms that or lifts it. What was removed keeps its copy, so it comes back as it was.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.moderation.actions.base import Acting, begin, copy_of, one_of
from consultations.moderation.errors import AppealWaits, SecondPersonNeeded, WrongStatus
from consultations.moderation.models import Appeal, ScreeningAct
from consultations.moderation.permissions import user_can_decide_on
from consultations.moderation.policy import AT_ONCE, FOR_REMOVING, Reason, Verb
from consultations.moderation.recording import REMOVAL_CONFIRMED, REMOVED, RESTORED
from consultations.moderation.removals import ONCE_PUBLISHED, Removal, removal_of
from consultations.publication import actions as publication
from consultations.publication.errors import NotPublishable
from consultations.responses.models import Response, Status, StatusEvent
from portal.stakeholders.models import User


@transaction.atomic
def remove(
    *,
    response: Response,
    by: User,
    reason: Reason | str,
    note: str = "",
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Take a published response off the page at once where somebody is at risk, else propose it.

    Either waits for a second person. Its place stays, with the reason. Raises NotPermitted,
    InvalidAct, WrongStatus unless it is published and nobody has proposed to remove it.
    """
    code = one_of(reason, FOR_REMOVING)
    acting = begin(response, by=by, at=at, statuses=[Status.PUBLISHED])
    if removal_of(acting.response):
        raise WrongStatus
    if code not in AT_ONCE:
        return acting.write(Verb.PROPOSE_REMOVAL, reason=code, note=note)
    return take_down(acting, Verb.HIDE, code, note)


@transaction.atomic
def confirm_removal(
    *,
    response: Response,
    by: User,
    removal: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Take off the page what was proposed, or confirm that it stays off: the second half.

    `removal` is the key of the act that was read: given, another one is refused. Raises
    NotPermitted, WrongStatus, SecondPersonNeeded, AppealWaits.
    """
    acting, found = _begin_decision(response, by, at, removal)
    if found.second:
        raise WrongStatus
    reason = Reason(found.first.reason)
    if not found.is_hidden:
        return take_down(acting, Verb.CONFIRM_REMOVAL, reason, note)
    return acting.write(
        Verb.CONFIRM_REMOVAL, kind=REMOVAL_CONFIRMED, public=True, reason=reason, note=note
    )


@transaction.atomic
def decline_removal(
    *,
    response: Response,
    by: User,
    removal: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Leave the response where it is, or put it back where it was taken off at once.

    Raises as `confirm_removal`. Whoever began takes it back with `undo` instead.
    """
    acting, found = _begin_decision(response, by, at, removal)
    if found.second:
        raise WrongStatus
    if not found.is_hidden:
        return acting.write(Verb.DECLINE_REMOVAL, reason=found.first.reason, note=note)
    return put_back(acting, Verb.DECLINE_REMOVAL, found, note)


@transaction.atomic
def propose_return(
    *, response: Response, by: User, note: str = "", at: datetime | None = None
) -> ScreeningAct:
    """
    Propose to publish again what was removed: nothing changes until a second person decides.

    Raises NotPermitted, WrongStatus unless it was removed by two and nobody proposes it, and
    AppealWaits.
    """
    acting = begin(response, by=by, at=at, statuses=[Status.REMOVED])
    found = removal_of(acting.response)
    if found is None or found.waiting:
        raise WrongStatus
    require_no_appeal(found.first)
    return acting.write(Verb.PROPOSE_RETURN, reason=found.first.reason, note=note)


@transaction.atomic
def confirm_return(
    *,
    response: Response,
    by: User,
    removal: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> ScreeningAct:
    """Publish again what was removed: the second half. Raises as `confirm_removal`."""
    acting, found = _begin_decision(response, by, at, removal)
    if not found.back:
        raise WrongStatus
    return put_back(acting, Verb.CONFIRM_RETURN, found, note)


@transaction.atomic
def decline_return(
    *,
    response: Response,
    by: User,
    removal: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> ScreeningAct:
    """Leave it off the page. Raises as `confirm_removal`."""
    acting, found = _begin_decision(response, by, at, removal)
    if not found.back:
        raise WrongStatus
    return acting.write(Verb.DECLINE_RETURN, reason=found.first.reason, note=note)


def _begin_decision(
    response: Response, by: User, at: datetime | None, read: int | None
) -> tuple[Acting, Removal]:
    acting = begin(response, by=by, at=at, statuses=ONCE_PUBLISHED)
    found = removal_of(acting.response)
    if found is None or found.waiting is None or (read and read != found.waiting.pk):
        raise WrongStatus
    if not user_can_decide_on(by, acting.response, found.waiting.by_id):
        raise SecondPersonNeeded
    require_no_appeal(found.first)
    return acting, found


def require_no_appeal(against: ScreeningAct) -> None:
    """Raise AppealWaits while an appeal against an act is not decided."""
    if Appeal.objects.undecided().filter(against=against).exists():
        raise AppealWaits


def take_down(
    acting: Acting, verb: Verb, reason: Reason, note: str, detail: dict[str, int] | None = None
) -> ScreeningAct:
    """Take it off the page, for callers who hold the lock already."""
    publication.retire(copy=copy_of(acting), kind="removed", at=acting.at)
    acting.response.refresh_from_db(fields=["status"])
    act = acting.write(
        verb, kind=REMOVED, public=True, reason=reason, note=note, detail=detail or {}
    )
    told = acting.explain(reason)
    if verb == Verb.HIDE:
        with acting.in_its_language():
            told += " " + _("A second moderator decides whether it stays removed.")
    acting.tell(StatusEvent.Kind.REMOVED, told)
    return act


def put_back(acting: Acting, verb: Verb, removal: Removal, note: str = "") -> ScreeningAct:
    """Publish again what a removal took off, for callers who hold the lock already."""
    restore(acting)
    return acting.write(
        verb,
        kind=RESTORED,
        public=True,
        reason=removal.first.reason,
        note=note,
        detail={"returned": True},
    )


def restore(acting: Acting) -> None:
    """Put the public copy back and tell the submitter; whoever calls writes the act."""
    try:
        publication.put_back(copy=copy_of(acting), at=acting.at)
    except NotPublishable as error:
        raise WrongStatus from error
    acting.response.refresh_from_db(fields=["status"])
    acting.tell(StatusEvent.Kind.RESTORED)
