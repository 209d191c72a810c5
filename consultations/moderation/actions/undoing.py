"""Taking an act back: itself an act, so that what was decided and undone can both be read."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from consultations.moderation.actions.base import Acting, begin, last_in_force, open_proposal
from consultations.moderation.actions.publishing import copy_of, cut, whole_text
from consultations.moderation.errors import NothingToUndo
from consultations.moderation.models import ScreeningAct
from consultations.moderation.policy import Verb
from consultations.moderation.recording import REOPENED
from consultations.moderation.redaction import segments_of
from consultations.publication import actions as publication
from consultations.responses.models import Handling, Status, StatusEvent
from portal.stakeholders.models import User

# After this a rejected submitter may rely on the decision; an appeal is the way from there on.
REJECTION_STANDS_AFTER = timedelta(days=30)


@transaction.atomic
def undo(*, act: ScreeningAct, by: User, at: datetime | None = None) -> ScreeningAct:
    """
    Take back an acceptance, a proposal, a rejection of the last 30 days, or a redaction.

    Only the latest of its kind, only on the newest version, and nothing once the response is
    published: from there the ways are redacting and removing. A rejection taken back waits for the
    second person again; a redaction taken back restores what the public copy said before it.
    Raises NotPermitted, NothingToUndo.
    """
    acting = begin(act.response, by=by, at=at)
    reverse = _REVERSE.get(Verb(act.verb))
    if reverse is None or act.version != acting.version.number:
        raise NothingToUndo
    kind = reverse(acting, act)
    return acting.write(Verb.UNDO, kind=kind, reason=act.reason, undoes=act)


def can_undo(act: ScreeningAct, status: str, on: Any) -> bool:
    """Say whether the response's page offers it; `undo` looks again. `on` is the day of asking."""
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


_REVERSE = {
    Verb.ACCEPT: _acceptance,
    Verb.PROPOSE_REJECTION: _proposal,
    Verb.CONFIRM_REJECTION: _rejection,
    Verb.REDACT: _redaction,
}
