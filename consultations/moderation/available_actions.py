"""What the page of one response offers: which acts apply, and the form and action of each."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.moderation import actions
from consultations.moderation.errors import WrongStatus
from consultations.moderation.forms import (
    AcceptForm,
    AskForm,
    DecideDisputeForm,
    DecideRejectionForm,
    NoteForm,
    ProposeRejectionForm,
    RemoveForm,
    TakeUpDisputeForm,
    VersionForm,
)
from consultations.moderation.models import Dispute, ScreeningAct
from consultations.moderation.permissions import user_can_decide_rejection
from consultations.moderation.policy import Reason
from consultations.moderation.queries import WAITING
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
    "remove": Act(
        _("Remove from publication"), _("Remove"), _("Removed."), RemoveForm, actions.remove
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
)
# The key that opens each on the page; what takes something away for good has none.
KEYS = {
    **{"accept": "a", "ask": "q", "propose-rejection": "r", "confirm-rejection": "c"},
    **{"decline-rejection": "d", "publish": "p", "note": "n"},
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
) -> list[str]:
    """
    Return the keys of the acts that apply to a response as it stands, for one who may screen it.

    `can_be_asked`: whether anybody can still answer as its writer.
    """
    keys: list[str] = []
    if response.status in WAITING and proposal:
        if user_can_decide_rejection(by, response, proposal.by_id):
            keys += ["confirm-rejection", "decline-rejection"]
    elif response.status in WAITING:
        keys += ["accept", "propose-rejection"]
        if response.status == Status.RECEIVED and can_be_asked:
            keys.insert(1, "ask")
    if is_published_singly(response):
        keys.append("publish")
    keys += [key for key in ON_DISPUTES if any(may_act_on(key, each) for each in disputes)]
    if response.status == Status.PUBLISHED:
        keys.append("remove")
    return [*keys, "note"]
