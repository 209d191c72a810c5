"""Answers as a mapping: which of them count, which files they hold, whether a part was changed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from consultations.questionnaires.parts import Part, Questionnaire, value_in
from consultations.questionnaires.schema import OFFICIALS, Answer, Answers
from consultations.questionnaires.types import Question
from portal.files.models import State, StoredFile


def is_for_officials(answer: Mapping[str, Any] | None) -> bool:
    """Say whether an answer, as it is kept, is to be read by officials only."""
    return Answer.of(answer).is_for_officials


def counting(questionnaire: Questionnaire, answers: Answers) -> dict[str, dict[str, Any]]:
    """
    Return the answers that will be sent: those to questions that apply, with visibility.

    What was typed under a condition that holds no longer stays in the draft and goes nowhere, and
    so do files that could not be taken.
    """
    answers = present(questionnaire, answers)
    sent = {}
    for part in questionnaire.applicable(answers):
        for question in part.questions:
            if not answers.get(question.id):
                continue
            answer = Answer.of(answers[question.id])
            counted = Answer(answer.value, left_out=answer.left_out)
            if answer.is_for_officials:
                counted = Answer(answer.value, OFFICIALS, answer.public_version or "")
            sent[question.id] = counted.kept()
    return sent


def present(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """Return the answers without files that could not be taken; a query where there are files."""
    ids = files_in(questionnaire, answers)
    refused = StoredFile.objects.filter(pk__in=ids, state=State.REFUSED) if ids else None
    gone = {str(pk) for pk in refused.values_list("pk", flat=True)} if refused else set()
    if not gone:
        return answers
    left = dict(answers)
    for question in questionnaire.questions:
        if held := question.file_ids(value_in(answers, question)):
            value = [each for each in held if each not in gone]
            left[question.id] = {**answers[question.id], "value": value}
            if not value:
                del left[question.id]
    return left


def question_of(questionnaire: Questionnaire, answers: Answers, file_id: str) -> Question | None:
    """Return the question that a file answers; None where it is not among the answers."""
    return next(
        (
            question
            for question in questionnaire.questions
            if file_id in question.file_ids(value_in(answers, question))
        ),
        None,
    )


def for_officials(questionnaire: Questionnaire, answers: Answers) -> list[tuple[Part, Question]]:
    """List in order the answered questions whose answers are for officials only to read."""
    return [
        (part, question)
        for part in questionnaire.applicable(answers)
        for question in part.questions
        if is_for_officials(answers.get(question.id))
    ]


def files_in(questionnaire: Questionnaire, answers: Answers) -> set[str]:
    """Return the ids of the stored files among the answers."""
    return {
        file_id
        for question in questionnaire.questions
        for file_id in question.file_ids(value_in(answers, question))
    }


def digests_of(files: set[str]) -> dict[str, str]:
    """Return the SHA-256 (hex) of stored files by their ids."""
    if not files:
        return {}
    found = StoredFile.objects.filter(pk__in=files).values_list("pk", "sha256")
    return {str(pk): digest for pk, digest in found}


def fingerprint(part: Part, answers: Answers) -> str:
    """
    Return in short what a part's form was filled in from: it changes when an answer does.

    `part` is the part whole, with the questions that do not apply.
    """
    stored = {each.id: answers[each.id] for each in part.questions if each.id in answers}
    return _digest(stored)


def fingerprint_of(values: Iterable[Any]) -> str:
    """Return the same for other values of a draft."""
    return _digest(list(values))


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
