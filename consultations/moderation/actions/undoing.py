"""Taking an act back: itself an act, so that what was decided and undone can both be read."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from consultations.moderation.actions.base import (
    Acting,
    begin,
    copy_of,
    last_in_force,
    open_proposal,
)
from consultations.moderation.actions.publishing import cut, whole_text
from consultations.moderation.actions.questions import open_question
from consultations.moderation.actions.removing import require_no_appeal, restore
from consultations.moderation.errors import NothingToUndo
from consultations.moderation.models import ScreeningAct
from consultations.moderation.policy import Verb
from consultations.moderation.recording import OPEN_KINDS, REOPENED, RESTORED
from consultations.moderation.redaction import segments_of
from consultations.moderation.removals import Removal, removal_of
from consultations.publication import actions as publication
from consultations.responses.models import Handling, Status, StatusEvent
from portal.stakeholders.models import User

# After this a rejected submitter may rely on the decision; from there on they can appeal.
REJECTION_STANDS_AFTER = timedelta(days=30)


@transaction.atomic
def undo(*, act: ScreeningAct, by: User, at: datetime | None = None) -> ScreeningAct:
    """
    Take back an acceptance, a proposal, a rejection of the last 30 days, a redaction, or a removal
    at once.

    Only the latest of its kind, and only on the newest version. Once the response is published the
    ways are redacting and removing; what one person proposed or did there is taken back while it
    waits for a second. A rejection taken back waits for the second person again; a redaction taken
    back restores what the public copy said before it. Raises NotPermitted, NothingToUndo, and
    AppealWaits where the author has appealed.
    """
    acting = begin(act.response, by=by, at=at)
    reverse = _REVERSE.get(Verb(act.verb))
    if reverse is None or act.version != acting.version.number:
        raise NothingToUndo
    kind = reverse(acting, act)
    return acting.write(
        Verb.UNDO, kind=kind, public=kind in OPEN_KINDS, reason=act.reason, undoes=act
    )


def can_undo(act: ScreeningAct, status: str, on: Any, removal: Removal | None = None) -> bool:
    """Say whether the response's page offers it; `undo` looks again. `on` is the day of asking."""
    if act.verb in (Verb.HIDE, Verb.PROPOSE_REMOVAL, Verb.PROPOSE_RETURN):
        return removal is not None and act == removal.waiting
    if act.verb == Verb.PROPOSE_QUESTION:
        return status == Status.RECEIVED
    if act.verb == Verb.CONFIRM_REJECTION:
        return status == Status.REJECTED and on - act.on <= REJECTION_STANDS_AFTER
    if act.verb == Verb.PROPOSE_REJECTION:
        return status in (Status.RECEIVED, Status.CLARIFICATION)
    return act.verb in (Verb.ACCEPT, Verb.REDACT) and status == Status.ACCEPTED


def _acceptance(acting: Acting, act: ScreeningAct) -> str:
    if acting.response.status != Status.ACCEPTED or act != last_in_force(acting, Verb.ACCEPT):
        raise NothingToUndo
    if act.handling != Handling.CONFIDENTIAL:
        publication.retire(copy=copy_of(acting), kind="removed", at=acting.at)  # never published
    acting.set_status(_status_before(acting, act), handling="")
    acting.tell(StatusEvent.Kind.REOPENED)
    return REOPENED


def _status_before(acting: Acting, act: ScreeningAct) -> str:
    """Return its status before, unless it waited for an answer that nobody gives any more."""
    waits = acting.response.clarifications.filter(answered_on=None).exists()
    before: str = act.detail["from"]
    return Status.RECEIVED if before == Status.CLARIFICATION and not waits else before


def _proposal(acting: Acting, act: ScreeningAct) -> str:
    if act != open_proposal(acting):
        raise NothingToUndo
    return ""


def _rejection(acting: Acting, act: ScreeningAct) -> str:
    latest = last_in_force(acting, Verb.CONFIRM_REJECTION)
    stands = acting.day - act.on > REJECTION_STANDS_AFTER
    if acting.response.status != Status.REJECTED or act != latest or stands:
        raise NothingToUndo
    require_no_appeal(act)
    acting.set_status(_status_before(acting, act))
    acting.tell(StatusEvent.Kind.REOPENED)
    return REOPENED


def _redaction(acting: Acting, act: ScreeningAct) -> str:
    if acting.response.status != Status.ACCEPTED:
        raise NothingToUndo
    accepted = last_in_force(acting, Verb.ACCEPT)
    same = ScreeningAct.objects.in_force().filter(
        response=acting.response,
        verb=Verb.REDACT,
        detail__question=act.detail["question"],
        number__gt=accepted.number if accepted else 0,
    )
    found = list(same)
    if not found or act != found[-1]:
        raise NothingToUndo
    question = act.detail["question"]
    cuts = found[-2].detail["cuts"] if len(found) > 1 else []
    cut(acting, question, segments_of(cuts, whole_text(copy_of(acting), question)))
    return ""


def _removal(acting: Acting, act: ScreeningAct) -> str:
    """Take back what waits for a second person; what is off the page comes back."""
    found = removal_of(acting.response)
    if found is None or act != found.waiting:
        raise NothingToUndo
    require_no_appeal(found.first)
    if act.verb != Verb.HIDE:
        return ""
    restore(acting)
    return RESTORED


def _question(acting: Acting, act: ScreeningAct) -> str:
    if act != open_question(acting.response, acting.version.number):
        raise NothingToUndo
    return ""


_REVERSE = {
    Verb.HIDE: _removal,
    Verb.PROPOSE_REMOVAL: _removal,
    Verb.PROPOSE_RETURN: _removal,
    Verb.PROPOSE_QUESTION: _question,
    Verb.ACCEPT: _acceptance,
    Verb.PROPOSE_REJECTION: _proposal,
    Verb.CONFIRM_REJECTION: _rejection,
    Verb.REDACT: _redaction,
}
