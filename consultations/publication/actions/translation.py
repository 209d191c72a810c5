"""Translating a response whose writer has only a translation published."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from consultations.publication import cards, recording
from consultations.publication.actions.locking import locked_copy
from consultations.publication.actions.republication import enter_anew
from consultations.publication.actions.small_cells import tell_cells
from consultations.publication.errors import (
    NotATranslation,
    NotPermitted,
    NotTranslated,
    OwnLanguage,
    TranslatedMeanwhile,
    UnfinishedInPublic,
)
from consultations.publication.models import PublicCopy
from consultations.publication.permissions import user_can_publish
from consultations.publication.redaction import is_cut, plainest
from consultations.publication.translations import (
    Piece,
    answers_to_publish,
    fingerprint_of,
    is_the_original,
    pieces_of,
    reasons_in,
)
from consultations.responses.models import StatusEvent
from consultations.responses.notifications import tell
from portal.stakeholders.models import User
from portal.taxonomy.vocabularies import LANGUAGE


@transaction.atomic
def translate(
    *,
    copy: PublicCopy,
    question_id: str,
    segments: Sequence[Mapping[str, str]],
    into: str,
    by: User,
    at: datetime,
    is_finished: bool = True,
    seen: str | None = None,
) -> PublicCopy:
    """
    Keep the translation of the words of one answer; what was sent stays as it is.

    `segments` are the translation with marks in the place of passages left out (`redaction`).
    `into` is its language, one for the whole copy. One that is not finished is kept and publishes
    nothing. `seen` is the `fingerprint_of` the translation that the form was filled in from; None
    replaces whatever is kept. What is published is published anew. Raises NotPermitted;
    NotTranslated where the writer's own words are published, or there are none; OwnLanguage,
    NotATranslation, NotACut (segments that are none), TranslatedMeanwhile, UnfinishedInPublic.
    """
    if not user_can_publish(by, copy.consultation_id):
        raise NotPermitted
    copy = locked_copy(copy.response) or copy
    if not copy.response.translation_only:
        raise NotTranslated
    questionnaire = copy.consultation.questionnaire()
    piece = next(
        (each for each in pieces_of(copy, questionnaire) if each.question.id == question_id), None
    )
    if piece is None:
        raise NotTranslated
    plain = plainest(segments)
    _require_translation(copy, piece, plain, into)
    if seen is not None and seen != fingerprint_of(copy, question_id):
        raise TranslatedMeanwhile
    if copy.is_published and not is_finished:
        raise UnfinishedInPublic
    reasons = reasons_in(plain)
    if reasons != reasons_in(piece.segments):
        recording.record_redacted(copy, piece.question.number, reasons, at=at)
    kept = {"segments": plain, "version": copy.version.number}
    copy.translations = {
        **copy.translations,
        question_id: kept if is_finished else {**kept, "unfinished": True},
    }
    copy.translated_into = into
    if copy.is_published:
        copy.answers = answers_to_publish(copy, questionnaire)
        copy.is_redacted = any("segments" in each for each in copy.answers.values())
        enter_anew(copy, at=at)
        if reasons and not is_cut(piece.segments):
            tell(copy.response, StatusEvent.Kind.REDACTED, at=at)
    copy.save()
    if copy.is_published:
        tell_cells(copy.consultation)
        copy.refresh_from_db(fields=["shown_group", "shown_language"])
        cards.put_cards([copy], copy.consultation)
    return copy


def _require_translation(
    copy: PublicCopy, piece: Piece, segments: Sequence[Mapping[str, str]], into: str
) -> None:
    if into not in LANGUAGE.keys or into == copy.version.language:
        raise OwnLanguage
    if not any("redacted" in each or each["text"].strip() for each in segments):
        raise NotATranslation
    if is_the_original(piece.words, segments):
        raise NotATranslation(NotATranslation.original)
