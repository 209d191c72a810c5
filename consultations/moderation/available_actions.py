"""What the page of one response offers: which acts apply, and the form and action of each."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.moderation import actions
from consultations.moderation.actions.questions import open_question
from consultations.moderation.appeal_forms import DecideAppealForm
from consultations.moderation.appeals import those_who_decided
from consultations.moderation.errors import WrongStatus
from consultations.moderation.forms import (
    AcceptForm,
    AskForm,
    DecideDisputeForm,
    DecideRejectionForm,
    DecideRemovalForm,
    DeclineQuestionForm,
    NoteForm,
    ProposeQuestionForm,
    ProposeRejectionForm,
    ProposeReturnForm,
    RemoveForm,
    SendQuestionForm,
    TakeUpDisputeForm,
    VersionForm,
)
from consultations.moderation.models import Appeal, Dispute, ScreeningAct
from consultations.moderation.permissions import user_can_decide_appeal, user_can_decide_on
from consultations.moderation.policy import Reason
from consultations.moderation.queries import WAITING
from consultations.moderation.removals import Removal, removal_of
from consultations.responses.models import Handling, Identity, Response, ResponseVersion, Status
from portal.stakeholders.models import Person, User


class Act(NamedTuple):
    """One form of the page: what it is called, what it asks, what its button does."""

    title: str | Promise
    button: str | Promise
    done: str | Promise
    form: type[forms.Form]
    do: Callable[..., Any]


def _publish(*, response: Response, by: User, version: int) -> Any:
    return actions.publish(responses=[response], by=by)


def _of_dispute(act: Callable[..., Any]) -> Callable[..., Any]:
    """Act on the dispute of a response that its form names."""

    def do(*, response: Response, by: Person, dispute: int, **data: Any) -> Any:
        found = response.disputes.filter(pk=dispute).first()
        if found is None:  # its form names no dispute of this response
            raise WrongStatus
        return act(dispute=found, by=by, **data)

    return do


def _decide_appeal(*, response: Response, by: User, appeal: int, decision: str, answer: str) -> Any:
    """Decide on the appeal of a response that its form names."""
    found = response.appeals.filter(pk=appeal).first()
    if found is None:
        raise WrongStatus
    grants = decision == DecideAppealForm.GRANT
    return actions.decide_appeal(appeal=found, by=by, grants=grants, answer=answer)


ACTS: dict[str, Act] = {
    "accept": Act(_("Accept"), _("Accept"), _("Accepted."), AcceptForm, actions.accept),
    "ask": Act(
        _("Ask for clarification"),
        _("Send the question"),
        _("The question was sent."),
        AskForm,
        actions.ask_clarification,
    ),
    "propose-rejection": Act(
        _("Propose to reject"),
        _("Propose"),
        _("Proposed. Somebody else decides."),
        ProposeRejectionForm,
        actions.propose_rejection,
    ),
    "confirm-rejection": Act(
        _("Confirm the rejection"),
        _("Reject"),
        _("Rejected."),
        DecideRejectionForm,
        actions.confirm_rejection,
    ),
    "decline-rejection": Act(
        _("Decline the rejection"),
        _("Do not reject"),
        _("Not rejected. It waits to be screened."),
        DecideRejectionForm,
        actions.decline_rejection,
    ),
    "publish": Act(_("Publish"), _("Publish"), _("Published."), VersionForm, _publish),
    "propose-question": Act(
        _("Ask for clarification"),
        _("Propose the question"),
        _("Proposed. Somebody else reads it before it goes."),
        ProposeQuestionForm,
        actions.ask_clarification,
    ),
    "send-question": Act(
        _("Send the question"),
        _("Send the question"),
        _("The question was sent."),
        SendQuestionForm,
        actions.send_question,
    ),
    "decline-question": Act(
        _("Do not send the question"),
        _("Do not send it"),
        _("The question was not sent."),
        DeclineQuestionForm,
        actions.decline_question,
    ),
    "remove": Act(
        _("Remove from publication"),
        _("Remove"),
        _("Done. Somebody else must confirm it."),
        RemoveForm,
        actions.remove,
    ),
    "confirm-removal": Act(
        _("Confirm the removal"),
        _("Confirm the removal"),
        _("Confirmed. The response is removed from publication."),
        DecideRemovalForm,
        actions.confirm_removal,
    ),
    "decline-removal": Act(
        _("Decline the removal"),
        _("Do not remove it"),
        _("Declined. The response is published."),
        DecideRemovalForm,
        actions.decline_removal,
    ),
    "propose-return": Act(
        _("Propose to publish it again"),
        _("Propose"),
        _("Proposed. Somebody else decides."),
        ProposeReturnForm,
        actions.propose_return,
    ),
    "confirm-return": Act(
        _("Publish it again"),
        _("Publish it again"),
        _("The response is published again."),
        DecideRemovalForm,
        actions.confirm_return,
    ),
    "decline-return": Act(
        _("Do not publish it again"),
        _("It stays removed"),
        _("It stays removed."),
        DecideRemovalForm,
        actions.decline_return,
    ),
    "decide-appeal": Act(
        _("Decide on the appeal"),
        _("Decide"),
        _("The appeal is decided, and its author is told."),
        DecideAppealForm,
        _decide_appeal,
    ),
    "take-up-dispute": Act(
        _("Take up the report: mark the response as disputed"),
        _("Mark as disputed"),
        _("Marked as disputed."),
        TakeUpDisputeForm,
        _of_dispute(actions.take_up_dispute),
    ),
    "decide-dispute": Act(
        _("Decide the dispute"),
        _("Decide"),
        _("Decided."),
        DecideDisputeForm,
        _of_dispute(actions.decide_dispute),
    ),
    "note": Act(
        _("Add a private note"), _("Keep the note"), _("Noted."), NoteForm, actions.add_note
    ),
}


class Waiting(NamedTuple):
    """Things about a response that wait for a second person, or for one who did not decide."""

    removal: Removal | None = None
    question: ScreeningAct | None = None
    appeal: Appeal | None = None

    @classmethod
    def of(cls, response: Response, version: int) -> "Waiting":
        """Read it for a response whose newest version has this number."""
        appeals = response.appeals.undecided().select_related("against__response")
        return cls(removal_of(response), open_question(response, version), appeals.first())

    def keys(self) -> dict[str, int]:
        """Return what the forms about it name, so that nothing is decided unread."""
        removal = self.removal.waiting if self.removal else None
        found = {"removal": removal, "proposal": self.question, "appeal": self.appeal}
        return {name: row.pk for name, row in found.items() if row}


NOTHING_WAITS = Waiting()

# After these nothing is left to do on the page: the next response of the queue follows. Each key
# is the verb of its act.
DECISIONS = (
    *("accept", "ask", "publish"),
    *("propose-rejection", "confirm-rejection", "decline-rejection"),
    *("propose-question", "decline-question"),
)
# The key that opens each on the page; what takes something away for good has none.
KEYS = {
    **{"accept": "a", "ask": "q", "propose-rejection": "r", "confirm-rejection": "c"},
    **{"propose-question": "q", "decline-rejection": "d", "publish": "p", "note": "n"},
}
# Offered for each dispute by itself.
ON_DISPUTES = ("take-up-dispute", "decide-dispute")


def may_act_on(key: str, dispute: Dispute) -> bool:
    """Say whether one of `ON_DISPUTES` applies to a dispute as it stands."""
    if dispute.decided_on is not None:
        return False
    is_published = dispute.response.status == Status.PUBLISHED
    return key == "decide-dispute" or (is_published and dispute.taken_up_on is None)


def is_published_singly(response: Response) -> bool:
    """Say whether it is accepted and may be published by itself, while the consultation is open."""
    return (
        response.status == Status.ACCEPTED
        and response.handling == Handling.PUBLIC
        and response.identity != Identity.ANONYMOUS
        and response.consultation.publishes_while_open
    )


def harmless_reason(response: Response, version: ResponseVersion) -> Reason | None:
    """
    Return the reason for which it can be accepted by one press: nothing is claimed or unusual.

    An acceptance publishes nothing by itself, and can be taken back.
    """
    if any(version.confidentiality.values()):
        return None
    return Reason.LATE_ACCEPTED if response.is_late else Reason.WITHIN_RULES


def offered(
    response: Response,
    proposal: ScreeningAct | None,
    disputes: list[Dispute],
    by: Person,
    *,
    can_be_asked: bool,
    waiting: Waiting = NOTHING_WAITS,
) -> list[str]:
    """
    Return the keys of the acts that apply to a response as it stands, for one who may screen it.

    `can_be_asked`: whether anybody can still answer as its writer.
    """
    keys: list[str] = []
    if waiting.appeal:
        if user_can_decide_appeal(by, response, those_who_decided(waiting.appeal.against)):
            keys.append("decide-appeal")
    else:
        keys += _of_removal(response, waiting.removal, by)
    if response.status in WAITING and proposal:
        if user_can_decide_on(by, response, proposal.by_id):
            keys += ["confirm-rejection", "decline-rejection"]
    elif response.status in WAITING:
        keys += ["accept", "propose-rejection"]
        place = 0 if waiting.question else 1  # what waits for a second person comes first
        asking = _of_question(response, waiting.question, by, can_be_asked=can_be_asked)
        keys[place:place] = asking
    if is_published_singly(response):
        keys.append("publish")
    keys += [key for key in ON_DISPUTES if any(may_act_on(key, each) for each in disputes)]
    if response.status == Status.PUBLISHED and not waiting.removal:
        keys.append("remove")
    return [*keys, "note"]


def _of_question(
    response: Response, proposed: ScreeningAct | None, by: Person, *, can_be_asked: bool
) -> list[str]:
    """Return what can be done about a question to whoever answered."""
    if response.status != Status.RECEIVED:
        return []
    if proposed:
        if not user_can_decide_on(by, response, proposed.by_id):
            return []
        return ["send-question", "decline-question"] if can_be_asked else ["decline-question"]
    if not can_be_asked:
        return []
    return ["propose-question" if response.identity == Identity.ANONYMOUS else "ask"]


def _of_removal(response: Response, removal: Removal | None, by: Person) -> list[str]:
    """Return what can be done about a removal that stands or is proposed."""
    if removal is None:
        return []
    if removal.waiting is None:
        return ["propose-return"]
    if not user_can_decide_on(by, response, removal.waiting.by_id):
        return []
    what = "return" if removal.back else "removal"
    return [f"confirm-{what}", f"decline-{what}"]
