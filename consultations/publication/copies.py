"""From what was sent to what may be published of it (docs/decisions/0014-publication.md)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from consultations.publication.models import PublicCopy
from consultations.publication.redaction import Segment, is_cut
from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.schema import Answer
from consultations.questionnaires.types import Question
from consultations.questionnaires.types.base import is_empty
from consultations.responses.files.sent import readers_answers
from consultations.responses.models import (
    Handling,
    Identity,
    Response,
    ResponseVersion,
    Signatory,
)

PublicAnswer = dict[str, Any]


def is_nameless(response: Response, version: ResponseVersion) -> bool:
    """Say whether it is published without a name, as the submitter chose or as it was accepted."""
    return (
        Identity.ANONYMOUS in (response.identity, version.identity)
        or response.handling == Handling.NAME_WITHHELD
    )


def fill(copy: PublicCopy, questionnaire: Questionnaire, version: ResponseVersion) -> None:
    """
    Put into a copy, which is not saved, what may be published of a version.

    Without a name there is nothing either that narrows down who it was: no organisation, no
    signatories, no state, no submitter type.
    """
    response = copy.response
    copy.version = version
    copy.language = version.language
    copy.group = version.group
    copy.answers = public_answers(questionnaire, readers_answers(version))
    copy.is_redacted = False
    copy.display_name = copy.organisation_name = copy.state = ""
    copy.shown_group = copy.shown_language = ""
    copy.entry_has_language = False
    copy.signatories = []
    copy.signatories_withheld = copy.signatories_waiting = 0
    copy.submitter_type = "undisclosed"
    copy.represents = {}
    if is_nameless(response, version):
        return
    named = version.identity == Identity.NAMED
    copy.organisation_name = version.organisation_name.strip()
    copy.display_name = (named and version.name.strip()) or copy.organisation_name
    if not copy.display_name:  # nothing to be named by
        return
    copy.state = version.state
    copy.submitter_type = version.submitter_type
    copy.represents = version.represents
    copy.shown_group, copy.shown_language = version.group, version.language
    listed = list(response.signatories.all())
    confirmed = [each for each in listed if each.confirmed_on and each.confirmed_by]
    copy.signatories = [named_in_public(each) for each in confirmed if not each.name_withheld]
    copy.signatories_withheld = len(confirmed) - len(copy.signatories)
    copy.signatories_waiting = len(listed) - len(confirmed)


def named_in_public(signatory: Signatory) -> dict[str, str]:
    """Return what the public is told of a signatory who is named."""
    return {
        "name": signatory.name,
        "organisation": signatory.organisation_name,
        "confirmed_by": signatory.confirmed_by,
    }


def public_answers(
    questionnaire: Questionnaire, answers: Mapping[str, Mapping[str, Any]]
) -> dict[str, PublicAnswer]:
    """
    Return what the public is shown of answers (`readers_answers`), by question, before redaction.

    An answer for officials only stands with its public version, or not at all. What was asked only
    because of such an answer is left out with it: that it was asked would give the answer away.
    """
    open_answers = {
        key: each for key, each in answers.items() if not Answer.of(each).is_for_officials
    }
    shown: dict[str, PublicAnswer] = {}
    for part in questionnaire.applicable(open_answers):
        for question in part.questions:
            answer = public_answer(answers.get(question.id))
            if answer is not None:
                shown[question.id] = answer
    return shown


def public_answer(answer: Mapping[str, Any] | None) -> PublicAnswer | None:
    """Return what the public is shown of one answer; None where that is nothing."""
    given = Answer.of(answer)
    if answer is None or is_empty(given.value):
        return None
    if given.is_for_officials:
        text = (given.public_version or "").strip()
        return {"value": text, "confidential": True} if text else None
    return {key: answer[key] for key in ("value", "texts") if key in answer}


def files_changed(response: Response, at: datetime) -> None:
    """
    Have a copy that is not published follow when its author leaves something else out of a file.

    Whoever calls holds the response, as whoever changes a copy does.
    """
    copies = PublicCopy.objects.select_related("consultation", "version")
    copy = copies.filter(response=response).first()
    if copy is None or copy.is_published:
        return
    questionnaire = copy.consultation.questionnaire()
    now = public_answers(questionnaire, readers_answers(copy.version))
    answers = dict(copy.answers)
    for question in questionnaire.questions:
        answer = copy.answers.get(question.id, {})
        if not question.has_files or answer.get("segments") or answer.get("confidential"):
            continue
        answers.pop(question.id, None)
        if question.id in now:
            answers[question.id] = now[question.id]
    copy.answers = answers
    copy.save(update_fields=["answers"])


def own_words(question: Question, answer: Mapping[str, Any]) -> str:
    """Return the submitter's own words in a public answer, which can be redacted in parts."""
    value = answer.get("value")
    return str(value) if answer.get("confidential") else question.own_words(value)


def with_segments(
    question: Question, answer: PublicAnswer, segments: list[dict[str, str]]
) -> PublicAnswer:
    """Return a public answer whose own words are replaced by segments; what else it says stays."""
    left = {key: each for key, each in answer.items() if key != "value"}
    value = _with_text(question, answer, "")
    return {**left, **({} if is_empty(value) else {"value": value}), "segments": segments}


def with_words(
    question: Question, answer: PublicAnswer, segments: Sequence[Segment]
) -> PublicAnswer:
    """Return a public answer with other words, a translation's, for the submitter's own."""
    if is_cut(segments):
        return with_segments(question, answer, [*segments])
    text = "".join(each["text"] for each in segments)
    return {**answer, "value": _with_text(question, answer, text)}


def _with_text(question: Question, answer: PublicAnswer, text: str) -> Any:
    """Return the value of an answer with a text in the place of its own words."""
    return text if answer.get("confidential") else question.with_words(answer.get("value"), text)
