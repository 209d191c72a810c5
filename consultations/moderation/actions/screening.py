"""Before publication: accepting, rejecting by two, noting, opening what is confidential."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.moderation.actions.base import Acting, begin, one_of, open_proposal
from consultations.moderation.errors import (
    InvalidAct,
    NotPermitted,
    SecondPersonNeeded,
    WrongStatus,
)
from consultations.moderation.models import ConfidentialView, Opened, ScreeningAct
from consultations.moderation.permissions import (
    user_can_decide_on,
    user_can_open_confidential,
    user_can_read_responses,
)
from consultations.moderation.policy import (
    FOR_ACCEPTING,
    FOR_REJECTING,
    Reason,
    Verb,
    require_pair,
)
from consultations.moderation.recording import ACCEPTED, REJECTED
from consultations.publication.actions import prepare_copy
from consultations.responses.models import Handling, Response, Status, StatusEvent
from portal.stakeholders.models import User
from portal.text import clean_text

BEING_SCREENED = (Status.RECEIVED, Status.CLARIFICATION)


@transaction.atomic
def accept(
    *,
    response: Response,
    by: User,
    handling: Handling | str,
    reason: Reason | str,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Accept a response, to be published or, where `handling` is confidential, only counted.

    Makes its public copy from the newest version. Raises NotPermitted, InvalidAct, NewVersion, and
    WrongStatus unless it is being screened and nobody proposes to reject it.
    """
    if handling not in Handling.values:
        raise InvalidAct
    code = one_of(reason, FOR_ACCEPTING)
    require_pair(handling, code)
    acting = begin(response, by=by, at=at, statuses=BEING_SCREENED, version=version)
    if open_proposal(acting):
        raise WrongStatus
    acting.require_fit(code)
    before = acting.response.status
    acting.set_status(Status.ACCEPTED, handling)
    if handling != Handling.CONFIDENTIAL:
        prepare_copy(acting.response)
    act = acting.write(
        Verb.ACCEPT,
        kind=ACCEPTED,
        reason=code,
        handling=handling,
        note=note,
        detail={"from": before},
    )
    acting.tell(StatusEvent.Kind.ACCEPTED, acting.explain(code))
    return act


@transaction.atomic
def propose_rejection(
    *,
    response: Response,
    by: User,
    reason: Reason | str,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Propose a rejection: nothing changes for the submitter until a second person decides.

    Raises NotPermitted, InvalidAct, WrongStatus (also where a proposal is open), NewVersion.
    """
    code = one_of(reason, FOR_REJECTING)
    acting = begin(response, by=by, at=at, statuses=BEING_SCREENED, version=version)
    if open_proposal(acting):
        raise WrongStatus
    acting.require_fit(code)
    return acting.write(Verb.PROPOSE_REJECTION, reason=code, note=note)


@transaction.atomic
def confirm_rejection(
    *,
    response: Response,
    by: User,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Reject the response for the reason proposed: the second half, by somebody else.

    Raises NotPermitted, SecondPersonNeeded, WrongStatus (nobody proposed it), NewVersion.
    """
    acting, proposal = _begin_decision(response, by, at, version)
    before = acting.response.status
    acting.set_status(Status.REJECTED)
    act = acting.write(
        Verb.CONFIRM_REJECTION,
        kind=REJECTED,
        reason=proposal.reason,
        note=note,
        detail={"from": before},
    )
    acting.tell(StatusEvent.Kind.REJECTED, acting.explain(Reason(proposal.reason)))
    return act


@transaction.atomic
def decline_rejection(
    *,
    response: Response,
    by: User,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Decline the proposal: the response is screened on as if nothing had been proposed.

    Raises as `confirm_rejection`. Whoever proposed it takes it back with `undo` instead.
    """
    acting, proposal = _begin_decision(response, by, at, version)
    return acting.write(Verb.DECLINE_REJECTION, reason=proposal.reason, note=note)


def _begin_decision(
    response: Response, by: User, at: datetime | None, version: int | None
) -> tuple[Acting, ScreeningAct]:
    acting = begin(response, by=by, at=at, statuses=BEING_SCREENED, version=version)
    proposal = open_proposal(acting)
    if proposal is None:
        raise WrongStatus
    if not user_can_decide_on(by, acting.response, proposal.by_id):
        raise SecondPersonNeeded
    return acting, proposal


@transaction.atomic
def add_note(
    *, response: Response, by: User, note: str, at: datetime | None = None
) -> ScreeningAct:
    """
    Keep a note for the staff, whatever the status. It is shown nowhere else and told to nobody.

    Raises NotPermitted, InvalidAct (an empty note).
    """
    note = clean_text(note)
    if not note:
        raise InvalidAct(_("Write the note."))
    return begin(response, by=by, at=at).write(Verb.NOTE, note=note)


def open_confidential(
    *, response: Response, by: User, file: uuid.UUID | None = None, at: datetime | None = None
) -> ConfidentialView:
    """
    Log that somebody opens what is for officials only, before they see it. Raises NotPermitted.

    `file` is the attachment opened, None for the answers.
    """
    if not user_can_open_confidential(by, response):
        raise NotPermitted
    return ConfidentialView.objects.create(
        response=response, by=by, at=at or timezone.now(), file=file
    )


def note_opened(*, response: Response, by: User) -> None:
    """Remember for somebody of the staff which version they have opened. Raises NotPermitted."""
    if not user_can_read_responses(by):
        raise NotPermitted
    opened = {"version": response.newest_number}
    if not Opened.objects.filter(response=response, by=by, **opened).exists():
        Opened.objects.update_or_create(response=response, by=by, defaults=opened)
