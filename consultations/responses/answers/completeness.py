"""What is still to be answered before a response can be sent."""

from typing import NamedTuple

from consultations.questionnaires.parts import Part, Questionnaire, value_in
from consultations.questionnaires.schema import Answers
from consultations.questionnaires.types import Question
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
