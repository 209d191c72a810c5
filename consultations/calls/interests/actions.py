"""Declaring an interest in a consultation, and taking it back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage, Interest
from consultations.calls.permissions import user_can_declare_interest
from portal.staff_log.actions import note
from portal.staff_log.models import What
from portal.stakeholders.models import User
from portal.text import clean_text


def declare_interest(
    *, consultation: ConsultationPage, by: User, reason: str, at: datetime | None = None
) -> Interest:
    """
    Write down that a consultation touches somebody of staff: from now on they do not decide there.

    Declared twice it stands once, as it was said first. Raises PermissionDenied, and
    ValidationError where no reason is given.
    """
    if not user_can_declare_interest(by):
        raise PermissionDenied
    reason = clean_text(reason)
    if not reason:
        raise ValidationError({"reason": _("Say what the interest is.")})
    day = (at or timezone.now()).date()
    with transaction.atomic():
        ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
        interest, is_new = Interest.objects.of(by, consultation.pk).get_or_create(
            defaults={"reason": reason, "declared_on": day},
            consultation_id=consultation.pk,
            person=by,
            ended_on=None,
        )
        if is_new:
            note(by, What.INTEREST, _("declared: %(docket)s") % {"docket": consultation.docket})
    return interest


def end_interest(
    *, consultation: ConsultationPage, by: User, at: datetime | None = None
) -> Interest | None:
    """
    Take back what somebody declared; the row stays, with the day. None where nothing stands.

    Raises PermissionDenied.
    """
    if not user_can_declare_interest(by):
        raise PermissionDenied
    with transaction.atomic():
        found = Interest.objects.of(by, consultation.pk).select_for_update().first()
        if found is not None:
            found.ended_on = (at or timezone.now()).date()
            found.save(update_fields=["ended_on"])
            note(by, What.INTEREST, _("taken back: %(docket)s") % {"docket": consultation.docket})
    return found
