"""Leaving passages out of a public copy."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from consultations.publication import recording
from consultations.publication.actions.locking import locked_copy
from consultations.publication.actions.republication import enter_anew
from consultations.publication.copies import own_words, public_answers, with_segments
from consultations.publication.errors import NotACut, NotPermitted, ShownInTranslation
from consultations.publication.models import PublicCopy
from consultations.publication.permissions import user_can_publish
from consultations.publication.redaction import checked_segments, is_cut
from consultations.publication.translations import is_shown_as_it_is
from consultations.responses.files.sent import readers_answers
from consultations.responses.models import StatusEvent
from consultations.responses.notifications import tell
from portal.stakeholders.models import User


def redactable_text(copy: PublicCopy, question_id: str) -> str:
    """Return an answer's own words, whole: what `redact` holds its segments against."""
    questionnaire = copy.consultation.questionnaire()
    answer = public_answers(questionnaire, readers_answers(copy.version)).get(question_id)
    question = questionnaire.find(question_id)
    return own_words(question, answer) if question and answer else ""


@transaction.atomic
def redact(
    *,
    copy: PublicCopy,
    question_id: str,
    segments: Sequence[Mapping[str, str]],
    by: User,
    at: datetime,
) -> PublicCopy:
    """
    Leave passages out of an answer in the public copy; what was sent stays as it is.

    `segments` are the answer's own words as they were sent, cut (`redaction`): one text alone
    makes it whole again. An answer without words, as a file, can be left out as a whole, by one
    mark alone. What is published is published anew. Of a response that is published only in
    translation no word of the writer's is put back: ShownInTranslation. Raises NotPermitted,
    NotACut.
    """
    if not user_can_publish(by, copy.consultation_id):
        raise NotPermitted
    copy = locked_copy(copy.response) or copy
    questionnaire = copy.consultation.questionnaire()
    answer = public_answers(questionnaire, readers_answers(copy.version)).get(question_id)
    question = questionnaire.find(question_id)
    if answer is None or question is None:
        raise NotACut
    only_translated = copy.response.translation_only
    if only_translated and copy.is_published and not is_shown_as_it_is(question, answer):
        raise ShownInTranslation
    words = own_words(question, answer)
    if words:
        segments = checked_segments(words, segments)
        changed = with_segments(question, answer, segments) if is_cut(segments) else answer
    else:
        segments = checked_segments("-", segments) if is_cut(segments) else []
        changed = {"segments": segments} if segments else answer
    copy.answers = {**copy.answers, question_id: changed}
    if not only_translated:  # what was left out of a translation has been looked at here
        copy.translations = {
            key: each for key, each in copy.translations.items() if key != question_id
        }
    copy.is_redacted = any("segments" in each for each in copy.answers.values())
    reasons = sorted({each["redacted"] for each in segments if "redacted" in each})
    recording.record_redacted(copy, question.number, reasons, at=at)
    if copy.is_published:
        enter_anew(copy, at=at)
        if reasons:
            tell(copy.response, StatusEvent.Kind.REDACTED, at=at)
    copy.save()
    return copy
