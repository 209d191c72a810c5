"""Drafts held until the transaction of an act ends."""

from datetime import datetime

from consultations.calls.models import ConsultationPage
from consultations.responses.days import day_of
from consultations.responses.errors import AnswersClosed, DraftGone, NotPermitted
from consultations.responses.models import Draft
from consultations.responses.permissions import timing_of, user_may_write
from portal.stakeholders.models import Person


def held(draft: Draft, by: Person) -> tuple[Draft, ConsultationPage]:
    """
    Return the draft as it is now, held until the transaction ends, and its consultation afresh.

    Raises DraftGone, NotPermitted.
    """
    found = (
        Draft.objects.select_for_update(of=("self",))
        .filter(pk=draft.pk, submission_key=draft.submission_key)
        .first()
    )
    if found is None:
        raise DraftGone
    if not user_may_write(by, found):
        raise NotPermitted
    return found, ConsultationPage.objects.get(pk=found.consultation_id)


def writable(draft: Draft, by: Person, at: datetime) -> tuple[Draft, ConsultationPage]:
    """Do the same for a draft that can be written now; raises AnswersClosed too."""
    found, page = held(draft, by)
    if not timing_of(found, page, at).is_taken:
        raise AnswersClosed
    found.consultation = page
    found.touched_on = day_of(page, at)
    return found, page
