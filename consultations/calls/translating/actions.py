"""Writing the words of a consultation in another language, and having them approved."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from consultations.calls.models import ConsultationPage, ConsultationText, Corrigendum
from consultations.calls.permissions import user_can_approve_text, user_can_translate
from consultations.calls.publishing.freeze import published_and_open
from consultations.calls.texts.changes import (
    Change,
    changes_to_answered_words,
    languages_to_write_in,
    originals_of,
)
from portal.cms.texts.faults import checked
from portal.cms.texts.segments import Segment
from portal.languages import easy_words
from portal.stakeholders.models import User
from portal.text import clean_text

State = ConsultationText.State
# In the history of the consultation.
SUBMITTED, APPROVED = "calls.text.submit", "calls.text.approve"


def save_words(
    *,
    consultation: ConsultationPage,
    language: str,
    by: User,
    words: Mapping[str, str],
    still_right: Collection[str] = (),
) -> ConsultationText:
    """
    Keep words of a language, by the keys of their segments; nothing is public by that.

    Keys that are not named stay as they are; an empty text takes one away. `still_right` are the
    keys of texts that are right as they stand, though the original has changed. Raises
    PermissionDenied, and ValidationError, keyed by segment where a text is at fault.
    """
    with _held(consultation, language, by) as (text, segments):
        _may_write(text)
        by_key = {each.key: each for each in segments}
        said, wrong = checked(by_key, words, are_easy=easy_words.is_tag(language))
        if wrong:
            raise ValidationError(wrong)
        kept = dict(text.words)
        for key, words_of_key in said.items():
            if not words_of_key:
                kept.pop(key, None)
            elif words_of_key != kept.get(key, {}).get("text"):
                kept[key] = {"text": words_of_key, "of": by_key[key].digest}
        for key in still_right:
            if key in kept and key in by_key:
                kept[key] = {**kept[key], "of": by_key[key].digest}
        if kept != text.words:
            text.words, text.written_by = kept, by
            _keep(text, State.DRAFT)
        return text


def submit(
    *, consultation: ConsultationPage, language: str, by: User, reason: str = ""
) -> ConsultationText:
    """
    Have words wait for a second person; nobody changes them meanwhile.

    `reason` is published where words change that people have answered in this language. Raises
    PermissionDenied, and ValidationError where there is nothing to approve, or no reason.
    """
    with _held(consultation, language, by) as (text, segments):
        _may_write(text)
        if not text.words or _is_public(text):
            raise ValidationError(_("There is nothing new to approve."))
        text.reason, text.submitted_by = clean_text(reason), by
        _check_changes(text, segments)
        _keep(text, State.WAITING)
        log(consultation, SUBMITTED, user=by, data={"language": language})
        return text


def take_back(*, consultation: ConsultationPage, language: str, by: User) -> ConsultationText:
    """Return words that wait to those who write them. Raises PermissionDenied."""
    with _held(consultation, language, by) as (text, _segments):
        if text.state == State.WAITING:
            _keep(text, State.DRAFT)
        return text


def approve(
    *,
    consultation: ConsultationPage,
    language: str,
    by: User,
    version: int,
    at: datetime | None = None,
) -> ConsultationText:
    """
    Publish words that wait, as the second person: neither who wrote them last nor who submitted.

    `version` is what was read. Once the consultation has opened, each question whose words change
    gets a corrigendum in that language, dated `at` (aware, by default now). Raises
    PermissionDenied, and ValidationError where something else waits by now.
    """
    at = at or timezone.now()
    with _held(consultation, language, by) as (text, segments):
        if not user_can_approve_text(by, text):
            raise PermissionDenied
        if text.state != State.WAITING or text.version != version:
            raise ValidationError(_("These words have changed meanwhile. Read them again."))
        _correct(text, _check_changes(text, segments, at), by, at)
        _publish(text, segments, at)
        text.approved_by, text.reason = by, ""
        _keep(text, State.PUBLISHED)
        there = consultation.texts.exclude(published={}).values_list("language", flat=True)
        ConsultationPage.objects.filter(pk=consultation.pk).update(text_languages=[*there])
        log(consultation, APPROVED, user=by, data={"language": language})
        return text


def set_texts(
    page: ConsultationPage,
    language: str,
    words: Mapping[str, str],
    *,
    by: User,
    approved_by: User,
    reason: str = "",
    at: datetime | None = None,
) -> ConsultationText:
    """
    Write, submit and approve words in one act of two people, for what loads texts as a whole.

    Raises what these raise.
    """
    with transaction.atomic():
        save_words(consultation=page, language=language, by=by, words=words)
        text = submit(consultation=page, language=language, by=by, reason=reason)
        return approve(
            consultation=page, language=language, by=approved_by, version=text.version, at=at
        )


@contextmanager
def _held(
    consultation: ConsultationPage, language: str, by: User
) -> Iterator[tuple[ConsultationText, list[Segment]]]:
    """
    Hold the text of a language and the consultation, so that two at once wait for each other.

    Gives the text, a new one where there is none, and the segments of the original.
    """
    if not user_can_translate(by):
        raise PermissionDenied
    if language not in languages_to_write_in(consultation):
        raise ValidationError(_("The portal has no such language, or it is the original's."))
    with transaction.atomic():
        page = ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
        text = ConsultationText.objects.filter(consultation=page, language=language).first()
        yield text or ConsultationText(consultation=page, language=language), originals_of(page)


def _may_write(text: ConsultationText) -> None:
    if text.state == State.WAITING:
        raise ValidationError(_("These words wait for a second person. Take them back first."))


def _keep(text: ConsultationText, state: str) -> None:
    text.state, text.version = state, text.version + 1
    text.save()


def _is_public(text: ConsultationText) -> bool:
    public = {key: (each["text"], each["of"]) for key, each in text.published.items()}
    return public == {key: (each["text"], each["of"]) for key, each in text.words.items()}


def _check_changes(
    text: ConsultationText, segments: list[Segment], at: datetime | None = None
) -> list[Change]:
    """Return what changes of words that people have answered; raises where that may not be."""
    if published_and_open(text.consultation, at or timezone.now()) is None:
        return []
    changes = changes_to_answered_words(text, segments)
    if any(not each.after for each in changes):
        raise ValidationError(
            _("People have answered these words. Other words can take their place, but not none.")
        )
    if changes and not text.reason:
        raise ValidationError(
            {"reason": _("Words change that people have answered. Say why: it is published.")}
        )
    return changes


def _correct(text: ConsultationText, changes: list[Change], by: User, at: datetime) -> None:
    for each in changes:
        Corrigendum.objects.create(
            consultation=text.consultation,
            subject=each.subject,
            what=each.what,
            language=text.language,
            before=each.before,
            after=each.after,
            reason=text.reason,
            at=at,
            by=by,
        )


def _publish(text: ConsultationText, segments: list[Segment], at: datetime) -> None:
    """Make public what the original still has; each text keeps when it was first."""
    asked = {each.key for each in segments}
    now = at.isoformat()
    text.published = {
        key: {**each, "since": text.published.get(key, {}).get("since", now)}
        for key, each in text.words.items()
        if key in asked
    }
    text.published_on = text.published_on or at.date()


def by_original(page: Any, translations: Mapping[str, str]) -> dict[str, str]:
    """Return by key the words of a page that are given by the words of the original."""
    found = {each.key: translations.get(each.text.strip()) for each in originals_of(page)}
    return {key: text for key, text in found.items() if text}
