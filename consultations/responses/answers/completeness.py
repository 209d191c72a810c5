"""What is still to be answered before a response can be sent."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from consultations.questionnaires.schema import (
    OTHER,
    Answers,
    Kind,
    Part,
    Question,
    Questionnaire,
)
from consultations.responses.answers.mapping import present


class Missing(NamedTuple):
    """A question that must be answered and is not, and the part it stands in."""

    part: Part
    question: Question


def missing(questionnaire: Questionnaire, answers: Answers) -> list[Missing]:
    """Every required question that applies to somebody who answered so and is not answered."""
    answers = present(questionnaire, answers)
    return [
        Missing(part, question)
        for part in questionnaire.applicable(answers)
        for question in part.questions
        if question.required and not is_answered(question, answers.get(question.id))
    ]


def is_answered(question: Question, answer: Mapping[str, Any] | None) -> bool:
    """
    Whether the question got a whole answer: in a matrix every row, and with "other" its words.
    """
    value = (answer or {}).get("value")
    if value is None or value in ("", [], {}):
        return False
    if question.kind == Kind.MATRIX:
        return all(value.get(row.key) for row in question.rows)
    if question.kind == Kind.ONE_CHOICE and question.allow_other and value.get("choice") == OTHER:
        return bool(value.get("other"))
    if question.kind == Kind.MANY_CHOICES:
        chosen = value.get("choices") or []
        return bool(chosen) and (chosen != [OTHER] or bool(value.get("other")))
    return True
