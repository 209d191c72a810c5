"""
Who may open what is for officials only: one person proposes, another gives, and the record has it.

Entries are sealed, with the numbers of accounts and no names: `verify_record` holds who is cleared
against them, so that whoever writes to the database alone clears nobody.
"""

from datetime import UTC, date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.moderation.errors import InvalidAct, NotPermitted, Refused, WrongStatus
from consultations.moderation.models import Clearance
from consultations.moderation.permissions import (
    user_can_end_clearance,
    user_can_give_clearance,
    user_can_propose_clearance,
)
from consultations.moderation.recording import (
    CLEARANCE_ENDED,
    CLEARANCE_GIVEN,
    statement_of_clearance,
)
from portal.record.actions import append
from portal.staff_log.actions import name_for_log, note
from portal.staff_log.models import What
from portal.stakeholders.models import User


def propose_clearance(*, person: User, by: User, at: datetime | None = None) -> Clearance:
    """
    Ask that `person` be cleared; it opens nothing until a second person gives it.

    Raises NotPermitted, and Refused where a clearance or a proposal stands already.
    """
    if not user_can_propose_clearance(by):
        raise NotPermitted
    try:
        with transaction.atomic():
            made = Clearance.objects.create(
                person=person, proposed_by=by, proposed_on=_day(at or timezone.now())
            )
    except IntegrityError:
        raise Refused(_("This person is cleared already, or it is proposed.")) from None
    note(by, What.CLEARANCE, f"proposed: {name_for_log(person)}")
    return made


@transaction.atomic
def give_clearance(*, clearance: Clearance, by: User, at: datetime | None = None) -> Clearance:
    """
    Clear the person who was proposed, and enter it in the record.

    Raises NotPermitted for whoever proposed it and for the person themself, WrongStatus where it
    is no proposal any more, InvalidAct where the person's account is gone.
    """
    at = at or timezone.now()
    clearance = Clearance.objects.select_for_update().get(pk=clearance.pk)
    if not user_can_give_clearance(by, clearance):
        raise NotPermitted
    if not clearance.is_proposal:
        raise WrongStatus
    if clearance.person is None:
        raise InvalidAct(_("This account is gone."))
    clearance.given_by, clearance.given_on = by, _day(at)
    statement = statement_of_clearance(clearance)
    clearance.record_leaf = append(
        kind=CLEARANCE_GIVEN, statement=statement, public=False, at=at
    ).leaf
    clearance.save()
    note(by, What.CLEARANCE, f"given: {name_for_log(clearance.person)}")
    return clearance


@transaction.atomic
def end_clearance(*, clearance: Clearance, by: User, at: datetime | None = None) -> Clearance:
    """
    Take a clearance or a proposal back at once; one person does. One given is entered as ended.

    Raises NotPermitted, WrongStatus where it has ended.
    """
    at = at or timezone.now()
    clearance = Clearance.objects.select_for_update().get(pk=clearance.pk)
    if not user_can_end_clearance(by, clearance):
        raise NotPermitted
    if clearance.ended_on is not None:
        raise WrongStatus
    clearance.ended_by, clearance.ended_on = by, _day(at)
    if clearance.given_on is not None:
        statement = {"clearance": clearance.pk, "follows": clearance.record_leaf}
        clearance.end_leaf = append(
            kind=CLEARANCE_ENDED, statement=statement, public=False, at=at
        ).leaf
    clearance.save()
    if clearance.person is not None:
        note(by, What.CLEARANCE, f"ended: {name_for_log(clearance.person)}")
    return clearance


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
