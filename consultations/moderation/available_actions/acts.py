"""Each act on the page of one response: its form, its words, what it does."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.moderation import actions
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
from consultations.moderation.forms.appeals import DecideAppealForm
from consultations.responses.models import Response
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
        pgettext_lazy("from publication", "Remove"),
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
