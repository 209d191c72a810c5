"""
“This was sent in my name falsely”: reported by anybody, looked at and decided by moderators.

Anybody can report anything, so a report alone changes nothing that the public sees.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.moderation.actions.base import Acting, begin
from consultations.moderation.actions.removing import take_down
from consultations.moderation.errors import (
    InvalidAct,
    NotTakenUp,
    SecondPersonNeeded,
    WrongStatus,
)
from consultations.moderation.models import Dispute
from consultations.moderation.notifications import DISPUTE_DECIDED
from consultations.moderation.policy import Reason, Verb
from consultations.publication import actions as publication
from consultations.publication.models import PublicCopy
from consultations.responses.days import day_of
from consultations.responses.models import Response, Status, StatusEvent
from portal.notifications import confirmations
from portal.notifications.actions import notify
from portal.notifications.confirmations import Reachable
from portal.notifications.sealing import CannotUnsealError, seal, unseal
from portal.stakeholders.models import User


@transaction.atomic
def open_dispute(*, response: Response, text: str, at: datetime | None = None) -> Dispute:
    """
    Report a published response; the moderators' queue shows it, and nothing else changes.

    Raises WrongStatus unless the response is published.
    """
    locked = (
        Response.objects.select_for_update(of=("self",))
        .select_related("consultation")
        .get(pk=response.pk)
    )
    if locked.status != Status.PUBLISHED:
        raise WrongStatus
    at = at or timezone.now()
    return Dispute.objects.create(
        response=locked,
        text=text,
        opened_on=day_of(locked.consultation, at),
    )


@transaction.atomic
def take_up_dispute(
    *, dispute: Dispute, by: User, note: str = "", at: datetime | None = None
) -> Dispute:
    """
    Have the public page say that a response is disputed, once a moderator finds that it may be so.

    Tells whoever answered. Taken up twice, it stays as it is. Raises NotPermitted, and WrongStatus
    where it was decided already or the response is not published.
    """
    acting = begin(dispute.response, by=by, at=at, statuses=[Status.PUBLISHED])
    dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if dispute.decided_on is not None:
        raise WrongStatus
    if dispute.taken_up_on is not None:
        return dispute
    was_marked = acting.response.disputes.taken_up().exists()
    dispute.taken_up_on = acting.day
    dispute.save(update_fields=["taken_up_on"])
    acting.write(Verb.TAKE_UP_DISPUTE, note=note, detail={"dispute": dispute.pk})
    _mark(acting.response, on=True, at=acting.at)
    if not was_marked:
        acting.tell(StatusEvent.Kind.DISPUTED)
    return dispute


@transaction.atomic
def ask_for_decision(*, dispute: Dispute, address: str, language: str) -> None:
    """
    Have a code sent to an address that is to hear of the decision, in `language`.

    Raises WrongStatus once it is decided.
    """
    dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if dispute.decided_on is not None:
        raise WrongStatus
    confirmations.ask_for_code(
        purpose=_purpose(dispute),
        address=address,
        language=language,
        is_neutral=False,
    )


def confirm_disputant(*, dispute: Dispute, code: str) -> None:
    """
    Tell the address that the code proves of the decision; it is kept sealed until then.

    Raises `confirmations.WrongCode` and `CodeIsOver`.
    """
    with transaction.atomic():
        dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
        found = confirmations.confirm(purpose=_purpose(dispute), code=code)
        if isinstance(found, Reachable):
            dispute.sealed_contact, dispute.language = seal(found.address), found.language
            dispute.save(update_fields=["sealed_contact", "language"])
    if not isinstance(found, Reachable):
        raise found


def address_waiting(dispute: Dispute) -> Reachable | None:
    """Return the address that a code was sent to; None where none waits for one."""
    return confirmations.waiting_for(_purpose(dispute))


@transaction.atomic
def decide_dispute(
    *,
    dispute: Dispute,
    by: User,
    outcome: Dispute.Outcome | str,
    note: str = "",
    at: datetime | None = None,
) -> Dispute:
    """
    Decide a dispute; upheld, the response is removed if it is still published.

    That takes two: whoever upholds it is not the one who took it up. Not upheld takes one.
    Tells whoever disputed, then forgets their address; and whoever answered, if the page said that
    it was disputed and says so no more. Raises NotPermitted, InvalidAct, WrongStatus where it was
    decided already, and SecondPersonNeeded.
    """
    if outcome not in Dispute.Outcome.values:
        raise InvalidAct
    acting = begin(dispute.response, by=by, at=at)
    dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if dispute.decided_on is not None:
        raise WrongStatus
    if outcome == Dispute.Outcome.UPHELD and acting.response.status == Status.PUBLISHED:
        _require_second(acting, dispute)
        about = {"dispute": dispute.pk}
        take_down(acting, Verb.REMOVE, Reason.IMPERSONATION, note="", detail=about)
    acting.write(Verb.DECIDE_DISPUTE, note=note, detail={"dispute": dispute.pk})
    _tell_of_decision(dispute, acting.response, outcome)
    dispute.outcome, dispute.note, dispute.decided_on = outcome, note, acting.day
    dispute.sealed_contact = None
    confirmations.forget(_purpose(dispute))
    dispute.save(update_fields=["outcome", "note", "decided_on", "sealed_contact"])
    if dispute.taken_up_on is not None and not acting.response.disputes.taken_up().exists():
        _mark(acting.response, on=False, at=acting.at)
        if acting.response.status == Status.PUBLISHED:
            acting.tell(StatusEvent.Kind.DISPUTE_ENDED)
    return dispute


def _require_second(acting: Acting, dispute: Dispute) -> None:
    """Raise NotTakenUp, or SecondPersonNeeded for whoever took it up."""
    if dispute.taken_up_on is None:
        raise NotTakenUp
    taken_up = acting.response.screening_acts.filter(verb=Verb.TAKE_UP_DISPUTE)
    if taken_up.filter(detail__dispute=dispute.pk, by=acting.by).exists():
        raise SecondPersonNeeded(
            _("You took up the report. Somebody else must decide that it is right.")
        )


def _purpose(dispute: Dispute) -> str:
    return f"dispute.{dispute.pk}.contact"


def _mark(response: Response, *, on: bool, at: datetime) -> None:
    """Have the public page say whether it is disputed."""
    copy = PublicCopy.objects.select_for_update().filter(response=response).first()
    if copy is not None and (copy.disputed_on is not None) != on:
        publication.set_disputed(copy=copy, on=on, at=at)


def _tell_of_decision(dispute: Dispute, response: Response, outcome: str) -> None:
    if dispute.sealed_contact is None:
        return
    try:
        address = unseal(dispute.sealed_contact)
    except CannotUnsealError:  # sealed under a key that is gone: the decision stands all the same
        return
    notify(
        DISPUTE_DECIDED,
        to=address,
        language=dispute.language,
        context={
            "reference": response.reference,
            "upheld": outcome == Dispute.Outcome.UPHELD,
            "path": response.get_absolute_url(),
        },
        once=f"{DISPUTE_DECIDED}:{dispute.pk}",
    )
