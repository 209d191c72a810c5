"""A response as its screener reads it: every answer in full, but what is for officials masked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from consultations.questionnaires.parts import Part, value_in
from consultations.questionnaires.schema import Answer
from consultations.questionnaires.types import Question
from consultations.responses.files.sent import answers_now, sent_files
from consultations.responses.models import Handling, Response, ResponseVersion, SentFile
from portal.files.models import StoredFile


@dataclass(frozen=True)
class Attachment:
    """
    A file of an answer, called by its number; its own name was never kept.

    `left_out` says what its author leaves out of it, "" for nothing; `readers` is the file that
    readers get instead.
    """

    id: UUID
    number: int
    description: str
    for_officials: bool
    has_text: bool
    left_out: str = ""
    readers: UUID | None = None


@dataclass(frozen=True)
class ShownAnswer:
    """One answer; `lines` is None where it is masked, `public_version` what the public gets."""

    question: Question
    lines: list[str] | None
    for_officials: bool = False
    public_version: str = ""
    attachments: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True)
class ShownPart:
    title: str
    answers: list[ShownAnswer]


def parts_of(response: Response, version: ResponseVersion, *, opened: bool) -> list[ShownPart]:
    """
    Return the answered parts of a version, with what is for officials only where it was `opened`.

    Of a response accepted as confidential everything is for officials only.
    """
    questionnaire = response.consultation.questionnaire()
    files = attachments_of(response, version)
    shown = []
    for part in questionnaire.applicable(version.answers):
        answers = [
            _shown(response, question, version.answers[question.id], files, opened)
            for question in part.questions
            if question.id in version.answers
        ]
        if answers:
            shown.append(ShownPart(part.title, answers))
    return shown


def attachments_of(response: Response, version: ResponseVersion) -> dict[str, list[Attachment]]:
    """Return the files of a version by question, numbered through, in one query."""
    now = answers_now(version)
    lists = {
        question.id: [UUID(each) for each in question.file_ids(value_in(now, question))]
        for question in _file_questions(response, version.answers)
    }
    stored = StoredFile.objects.in_bulk([each for ids in lists.values() for each in ids])
    known = {each.stored: each for each in sent_files(version).values()} if stored else {}
    found: dict[str, list[Attachment]] = {}
    number = 0
    for key, ids in lists.items():
        secret = needs_opening(response, version.answers[key])
        found[key] = []
        for each in ids:
            number += 1
            if each in stored:
                file, sent = stored[each], known.get(each)
                has_text = file.is_ready and file.has_text
                found[key].append(
                    Attachment(
                        each,
                        number,
                        file.describe(number),
                        secret,
                        has_text,
                        left_out_of(sent),
                        sent.text if sent else None,
                    )
                )
    return found


def left_out_of(sent: SentFile | None) -> str:
    """Say what the author of a file leaves out of it, in a sentence; "" for nothing."""
    if sent is None or not sent.cuts:
        return ""
    if sent.is_left_out:
        return _("Its author left it out: it will not be published.")
    return _("Its author left passages out: readers will get the text that is left.")


def has_confidential(response: Response, version: ResponseVersion) -> bool:
    """Say whether anything of a version has to be opened."""
    return any(needs_opening(response, answer) for answer in version.answers.values())


def needs_opening(response: Response, answer: Mapping[str, Any]) -> bool:
    """Say whether an answer is for officials only, as sent or as the response was accepted."""
    return response.handling == Handling.CONFIDENTIAL or Answer.of(answer).is_for_officials


def _shown(
    response: Response,
    question: Question,
    kept: Mapping[str, Any],
    files: Mapping[str, list[Attachment]],
    opened: bool,
) -> ShownAnswer:
    answer = Answer.of(kept)
    masked = needs_opening(response, kept) and not opened
    attachments = files.get(question.id, [])
    names = [each.description for each in attachments]
    return ShownAnswer(
        question,
        None if masked else question.readable(answer.value, files=names),
        answer.is_for_officials,
        answer.public_version or "",
        [] if masked else attachments,
    )


def _file_questions(response: Response, answers: Mapping[str, Any]) -> Iterator[Question]:
    parts: Iterable[Part] = response.consultation.questionnaire().applicable(answers)
    for part in parts:
        for question in part.questions:
            if question.has_files and question.id in answers:
                yield question
