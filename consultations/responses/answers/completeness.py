"""What is still to be answered before a response can be sent, and what will not be sent."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from consultations.questionnaires.parts import Part, Questionnaire, value_in
from consultations.questionnaires.schema import Answers
from consultations.questionnaires.types import Question
from consultations.questionnaires.types.base import is_empty
from consultations.responses.answers.mapping import present


class Missing(NamedTuple):
    """A question that must be answered and is not, and the part it stands in."""

    part: Part
    question: Question


def missing(questionnaire: Questionnaire, answers: Answers) -> list[Missing]:
    """List the required questions that apply to somebody who answered so and are not answered."""
    answers = present(questionnaire, answers)
    return [
        Missing(part, question)
        for part in questionnaire.applicable(answers)
        for question in part.questions
        if question.required and not question.is_answered(value_in(answers, question))
    ]


def not_sent(questionnaire: Questionnaire, answers: Answers) -> Iterator[str]:
    """Say of each answer whose question no longer applies that it is not sent, and why."""
    given = questionnaire.keys_given(answers)
    for part in questionnaire.parts:
        for question in part.questions:
            if question.id in given or is_empty(value_in(answers, question)):
                continue
            cause = _cause(questionnaire, question.id, given)
            yield _told(question, cause, answers)


def _cause(
    questionnaire: Questionnaire, question_id: str, given: dict[str, frozenset[str]]
) -> Question | None:
    """Return the question that applies and on whose answer it rests that another does not."""
    while question_id not in given:
        conditions = (
            condition
            for part in questionnaire.parts
            for question in part.questions
            if question.id == question_id
            for condition in (part.condition, question.condition)
        )
        failed = next((each for each in conditions if each and not each.holds(given)), None)
        if failed is None:
            return None
        question_id = failed.question
    return questionnaire.find(question_id)


def _told(question: Question, cause: Question | None, answers: Answers) -> str:
    if cause is None:
        return _("Not sent: your answer to question %(number)s.") % {"number": question.number}
    told = (
        _(
            "Not sent: your answer to question %(number)s, because of your answer to question "
            "%(cause)s."
        )
        if not is_empty(value_in(answers, cause))
        else _(
            "Not sent: your answer to question %(number)s, because question %(cause)s has no "
            "answer."
        )
    )
    return told % {"number": question.number, "cause": cause.number}
