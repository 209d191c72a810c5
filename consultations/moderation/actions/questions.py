"""
Asking whoever answered: at once under a name; without one, once a second person has read it.

A question can draw somebody out who must not be known: by what it asks, or by what it lets them
think that they must do.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.moderation.actions.base import Acting, begin, open_proposal
from consultations.moderation.errors import (
    InvalidAct,
    NobodyToAsk,
    SecondPersonNeeded,
    WrongStatus,
)
from consultations.moderation.models import ScreeningAct
from consultations.moderation.permissions import user_can_decide_on
from consultations.moderation.policy import Verb
from consultations.responses.models import (
    Clarification,
    Identity,
    Response,
    Status,
    StatusEvent,
)
from consultations.responses.permissions import can_be_asked
from portal.stakeholders.models import User
from portal.text import clean_text

VERBS = (Verb.PROPOSE_QUESTION, Verb.DECLINE_QUESTION, Verb.ASK)


@transaction.atomic
def ask_clarification(
    *,
    response: Response,
    by: User,
    question: str,
    version: int | None = None,
    at: datetime | None = None,
) -> Clarification | ScreeningAct:
    """
    Ask the submitter something; the response waits for the answer, which anybody can see is due.

    Without a name it is only proposed, and the act of that is returned: nothing is sent before a
    second person has read it (`send_question`). One question at a time. Raises NotPermitted,
    InvalidAct (no question), WrongStatus, NewVersion, NobodyToAsk.
    """
    question = clean_text(question)
    if not question:
        raise InvalidAct(_("Write what you want to know."))
    acting = begin(response, by=by, at=at, statuses=[Status.RECEIVED], version=version)
    if open_proposal(acting) or open_question(acting.response, acting.version.number):
        raise WrongStatus
    if not can_be_asked(acting.response, acting.at):
        raise NobodyToAsk
    if acting.response.identity == Identity.ANONYMOUS:
        return acting.write(Verb.PROPOSE_QUESTION, note=question)
    return _ask(acting, question)


@transaction.atomic
def send_question(
    *,
    response: Response,
    by: User,
    proposal: int | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Clarification:
    """
    Send a question that somebody else proposed to whoever answered without a name.

    It ends with words that they need not answer, in the language of the response. `proposal` is the
    key of the one that was read. Raises NotPermitted, SecondPersonNeeded, WrongStatus, NewVersion,
    NobodyToAsk where the code has ended or the tie was cut.
    """
    acting, found = _begin_decision(response, by, proposal, version, at)
    if not can_be_asked(acting.response, acting.at):
        raise NobodyToAsk
    with acting.in_its_language():
        standing = _("You need not answer. If you do not, nothing changes.")
    words = found.note
    # From here on they are the question's alone: whoever cuts the tie to the response erases it.
    ScreeningAct.objects.filter(pk=found.pk).update(note="")
    return _ask(acting, f"{words}\n\n{standing}")


@transaction.atomic
def decline_question(
    *,
    response: Response,
    by: User,
    proposal: int | None = None,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> ScreeningAct:
    """Do not send it: nobody but the staff learns of it. Raises as `send_question`."""
    acting, _found = _begin_decision(response, by, proposal, version, at)
    return acting.write(Verb.DECLINE_QUESTION, note=note)


def open_question(response: Response, version: int) -> ScreeningAct | None:
    """Return the question about a version that waits to be read by a second person."""
    if response.status != Status.RECEIVED or response.identity != Identity.ANONYMOUS:
        return None
    acts = ScreeningAct.objects.in_force().filter(response=response, version=version)
    last = acts.filter(verb__in=VERBS).last()
    return last if last and last.verb == Verb.PROPOSE_QUESTION else None


def _begin_decision(
    response: Response, by: User, read: int | None, version: int | None, at: datetime | None
) -> tuple[Acting, ScreeningAct]:
    acting = begin(response, by=by, at=at, statuses=[Status.RECEIVED], version=version)
    found = open_question(acting.response, acting.version.number)
    if found is None or open_proposal(acting) or (read and read != found.pk):
        raise WrongStatus
    if not user_can_decide_on(by, acting.response, found.by_id):
        raise SecondPersonNeeded
    return acting, found


def _ask(acting: Acting, question: str) -> Clarification:
    asked = Clarification.objects.create(
        response=acting.response, question=question, asked_on=acting.day
    )
    acting.set_status(Status.CLARIFICATION)
    acting.write(Verb.ASK)
    acting.tell(StatusEvent.Kind.CLARIFICATION_ASKED, question)
    return asked
