"""Translating what is published only in translation, one answer at a time."""

from datetime import datetime

from django.db import transaction

from consultations.moderation.actions.base import begin, copy_of
from consultations.moderation.models import ScreeningAct
from consultations.moderation.policy import Verb
from consultations.moderation.redaction import Segments
from consultations.publication import actions as publication
from consultations.publication.translations import reasons_in
from consultations.responses.models import Response, Status
from portal.stakeholders.models import User

TRANSLATABLE = (Status.ACCEPTED, Status.PUBLISHED)


@transaction.atomic
def translate(
    *,
    response: Response,
    by: User,
    question_id: str,
    segments: Segments,
    into: str,
    is_finished: bool = True,
    seen: str | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Keep the translation of one answer of a response that is published only in translation.

    The arguments are those of `publication.translate`; who translated what is in the act, and never
    a word. Raises NotPermitted, NewVersion, WrongStatus unless the response is accepted or
    published, and what `publication.translate` raises.
    """
    acting = begin(response, by=by, at=at, statuses=TRANSLATABLE, version=version)
    publication.translate(
        copy=copy_of(acting),
        question_id=question_id,
        segments=segments,
        into=into,
        is_finished=is_finished,
        seen=seen,
        by=by,
        at=acting.at,
    )
    question = acting.response.consultation.questionnaire().find(question_id)
    return acting.write(
        Verb.TRANSLATE,
        detail={
            "question": question_id,
            "number": question.number if question else "",
            "into": into,
            "unfinished": not is_finished,
            "reasons": reasons_in(segments),
        },
    )
