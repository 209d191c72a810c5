"""What an organisation's people do together: asking for the signature."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from consultations.responses.actions.locking import Person, writable
from consultations.responses.answers.completeness import missing
from consultations.responses.answers.confidential import is_complete
from consultations.responses.answers.mapping import counting
from consultations.responses.errors import Incomplete, NobodyReachable, NobodySigns, NotPermitted
from consultations.responses.models import Draft
from consultations.responses.signatories.notifications import TO_SIGN
from portal.notifications.actions import notify
from portal.stakeholders.models import User


def ask_to_sign(
    *, draft: Draft, by: Person, language: str, at: datetime | None = None
) -> Sequence[User]:
    """
    Tell by mail those who sign for an organisation that its draft is ready; returns them.

    Nothing else changes. `language` is what the mail is written in. Only confirmed addresses are
    written to. Asked again on the same day (of UTC), nobody gets another mail. Raises NotPermitted
    for a draft that no organisation shares, Incomplete, NobodySigns, NobodyReachable;
    AnswersClosed, DraftGone.
    """
    at = at or timezone.now()
    with transaction.atomic():
        draft, page = writable(draft, by, at)
        if draft.organisation is None or not isinstance(by, User):
            raise NotPermitted
        questionnaire = page.questionnaire()
        if left := missing(questionnaire, draft.answers):
            raise Incomplete(left)
        reasons = draft.details.get("confidentiality", {})
        if not is_complete(counting(questionnaire, draft.answers), reasons):
            raise Incomplete
        may_sign = User.objects.signing_for(draft.organisation.pk)
        if not may_sign:
            raise NobodySigns
        signers = list(User.objects.reachable(may_sign))
        if not signers:
            raise NobodyReachable
        with translation.override(language):
            path = reverse("responses:organisation:check", args=[page.slug])
        for signer in signers:
            notify(
                TO_SIGN,
                to=signer.email,
                language=language,
                context={
                    "consultation": page.title,
                    "organisation": draft.organisation.name,
                    "path": path,
                    "deadline": page.deadline.isoformat(),
                    "zone": page.timezone,
                },
                once=f"{TO_SIGN}.{draft.submission_key}.{at.date()}.{signer.pk}",
            )
    return signers
