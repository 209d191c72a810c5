"""A published response as its readers see it: its answers by part, its marks, its attachments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from consultations.publication.models import PublicCopy
from consultations.publication.redaction import Segment, reason_label
from consultations.questionnaires.parts import Part, Questionnaire, value_in
from consultations.questionnaires.types import Question
from portal.files.models import StoredFile

Files = Mapping[str, StoredFile]


class Attachment(NamedTuple):
    """A file of a published response; numbered through the response, as its address is."""

    number: int
    file: StoredFile

    @property
    def description(self) -> str:
        """Return a name such as "Attachment 1 (PDF, 120 KB)"."""
        return self.file.describe(self.number)


@dataclass(frozen=True)
class ShownAnswer:
    """
    One answer. `lines` are what was chosen or written; `segments` words with passages left out.

    `is_public_version` marks what stands in the place of an answer for officials only.
    """

    question: Question
    lines: Sequence[str]
    segments: Sequence[Segment]
    attachments: Sequence[Attachment]
    is_public_version: bool


class ShownPart(NamedTuple):
    part: Part
    answers: Sequence[ShownAnswer]


def shown_parts(copy: PublicCopy, questionnaire: Questionnaire, files: Files) -> list[ShownPart]:
    """Return the answers of a copy in the order of the questions; parts without any left out."""
    attached = {str(each.file.pk): each for each in attachments(copy, questionnaire, files)}
    parts = (
        ShownPart(
            part,
            [
                shown_answer(question, copy.answers[question.id], attached)
                for question in part.questions
                if question.id in copy.answers
            ],
        )
        for part in questionnaire.parts
    )
    return [part for part in parts if part.answers]


def shown_answer(
    question: Question, answer: Mapping[str, Any], attached: Mapping[str, Attachment]
) -> ShownAnswer:
    """Return one public answer; `attached` are the response's attachments by the id of the file."""
    value = answer.get("value")
    found: list[Attachment] = []
    if isinstance(value, str) and (answer.get("confidential") or question.is_text):
        lines = [value]
    else:
        found = [attached[each] for each in question.file_ids(value) if each in attached]
        lines = question.readable(value)
    return ShownAnswer(
        question, lines, answer.get("segments", ()), found, bool(answer.get("confidential"))
    )


def plain_answer(question: Question, answer: Mapping[str, Any]) -> str:
    """Return the words of a public answer for the search: without marks, without attachments."""
    shown = shown_answer(question, answer, {})
    return " ".join([*shown.lines, *(each.get("text", "") for each in shown.segments)])


def exported_answer(shown: ShownAnswer) -> str:
    """Return an answer as text, with its marks in words: what an export holds."""
    words = "".join(
        each["text"] if "text" in each else mark_in_words(each["redacted"])
        for each in shown.segments
    )
    lines = [*shown.lines, *([words] if words else [])]
    return "\n".join([*lines, *(each.description for each in shown.attachments)])


def mark_in_words(reason: str) -> str:
    """Return a mark in words, such as "[left out: personal data]"."""
    return _("[left out: %(reason)s]") % {"reason": reason_label(reason)}


def attachments(copy: PublicCopy, questionnaire: Questionnaire, files: Files) -> list[Attachment]:
    """Return the public files of a copy that may be downloaded, numbered from 1 in their order."""
    ids = file_ids(copy, questionnaire)
    return [
        Attachment(number, files[each]) for number, each in enumerate(ids, start=1) if each in files
    ]


def file_ids(copy: PublicCopy, questionnaire: Questionnaire) -> list[str]:
    """Return the ids of the files that stand among the public answers of a copy, in their order."""
    return [
        each
        for question in questionnaire.questions
        for each in question.file_ids(value_in(copy.answers, question))
    ]


def files_of(copies: Iterable[PublicCopy], questionnaire: Questionnaire) -> dict[str, StoredFile]:
    """Return the stored files in these copies' public answers, by id; at most one query."""
    ids = [UUID(each) for copy in copies for each in file_ids(copy, questionnaire)]
    if not ids:
        return {}
    return {str(each.pk): each for each in StoredFile.objects.filter(pk__in=ids)}
