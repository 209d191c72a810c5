"""What is decided about a consultation while it runs."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage, Extension
from consultations.calls.permissions import user_can_extend
from consultations.calls.phases import Phase
from portal.stakeholders.models import User


def extend_consultation(
    *,
    consultation: ConsultationPage,
    by: User | AnonymousUser,
    closes_at: datetime,
    reason: str,
    at: datetime | None = None,
) -> Extension:
    """
    Give more time: the new deadline and its reason are public at once.

    `closes_at` is the new exclusive instant (aware), `at` the instant of the decision, by default
    now. A draft being worked on keeps its text and gets the new deadline. Raises PermissionDenied,
    and ValidationError (keyed by field) where the time would not grow, no reason is given, or the
    consultation is a draft, over or cancelled.
    """
    if not user_can_extend(by):
        raise PermissionDenied
    reason = reason.strip()
    with transaction.atomic():
        at = at or timezone.now()
        page = ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
        if not page.live or page.phase(at) not in (Phase.SCHEDULED, Phase.OPEN):
            raise ValidationError(
                _("Only a consultation that is published and not over can be extended.")
            )
        if not reason:
            raise ValidationError({"reason": _("Say why. The reason is published.")})
        if closes_at <= page.closes_at:
            raise ValidationError({"closes_at": _("Choose a later deadline than the present one.")})
        draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
        extension = Extension.objects.create(
            consultation=page,
            previous_closes_at=page.closes_at,
            new_closes_at=closes_at,
            reason=reason,
            decided_at=at,
        )
        page.closes_at = closes_at
        # Permission was asked above; Wagtail would ask for publishing rights of its own.
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        if draft is not None:
            draft.closes_at = closes_at
            draft.save_revision(user=by, clean=False)
        return extension
