"""What is decided about a consultation while it runs."""

from datetime import datetime
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage, Corrigendum, Extension
from consultations.calls.permissions import user_can_correct, user_can_extend
from consultations.calls.phases import Phase
from consultations.questionnaires.rewording import reworded, words_of
from portal.stakeholders.models import User
from portal.text import clean_text


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
    reason = clean_text(reason)
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


def issue_corrigendum(
    *,
    consultation: ConsultationPage,
    by: User | AnonymousUser,
    question_id: str,
    reason: str,
    text: str | None = None,
    help: str | None = None,
    introduction: str | None = None,
    at: datetime | None = None,
) -> list[Corrigendum]:
    """
    Correct the words of a question, or of the introduction to a section, while it is being asked.

    `question_id` is the question's id and `text` and `help` its new words; or a section's id and
    `introduction` its new HTML. None leaves words as they are. Only words change: never the kind,
    the options, or whether an answer is required. What is published and any draft of the page get
    the new words; each change is a row of its own, public with its day (`at`, by default now) and
    its reason. Raises PermissionDenied, and ValidationError (keyed by field) where nothing would
    change, a question would have no words, no reason is given, or the consultation is not open.
    """
    if not user_can_correct(by):
        raise PermissionDenied
    reason = clean_text(reason)
    proposed = {"text": text, "help": help, "introduction": introduction}
    with transaction.atomic():
        at = at or timezone.now()
        page = ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
        if not page.live or page.phase(at) is not Phase.OPEN:
            raise ValidationError(
                _("You can correct the wording only while the consultation is open.")
            )
        before = words_of(page.questionnaire_parts, question_id)
        if before is None:
            raise ValidationError(_("This question is not in the questionnaire."))
        after = {
            name: clean_text(words)
            for name, words in proposed.items()
            if words is not None
            and name in before
            and clean_text(words) != clean_text(before[name])
        }
        if after.get("text") == "":
            raise ValidationError({"text": _("A question needs a text.")})
        if not after:
            raise ValidationError(_("Nothing would change. Correct the words first."))
        if not reason:
            raise ValidationError({"reason": _("Say why. The reason is published.")})
        draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
        corrigenda = [
            Corrigendum.objects.create(
                consultation=page,
                subject=question_id,
                what=name,
                before=before[name],
                after=words,
                reason=reason,
                at=at,
                by=cast(User, by),  # the permission above lets no stranger pass
            )
            for name, words in after.items()
        ]
        page.questionnaire_parts = reworded(page.questionnaire_parts, question_id, after)
        # The row comes first: publishing puts back whatever differs from it (`freeze.keep`).
        ConsultationPage.objects.filter(pk=page.pk).update(
            questionnaire_parts=page.questionnaire_parts
        )
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        if draft is not None:
            draft.questionnaire_parts = page.questionnaire_parts
            draft.save_revision(user=by, clean=False)
        return corrigenda
