"""A questionnaire as it stands on paper: with its conditions in words."""

from typing import NamedTuple

from consultations.questionnaires.conditions import in_words
from consultations.questionnaires.parts import Part, Questionnaire
from consultations.questionnaires.types import Question


class SheetQuestion(NamedTuple):
    """A question, and who is asked it as a sentence, "" where everybody is."""

    question: Question
    condition: str


class SheetPart(NamedTuple):
    """A part, and who is asked it as a sentence, "" where everybody is."""

    part: Part
    condition: str
    questions: list[SheetQuestion]


def sheet_of(questionnaire: Questionnaire) -> list[SheetPart]:
    """List every part and question, conditional ones too, in the active language."""
    asked = list(questionnaire.questions)
    return [
        SheetPart(
            part,
            in_words(part.condition, asked),
            [SheetQuestion(each, in_words(each.condition, asked)) for each in part.questions],
        )
        for part in questionnaire.parts
    ]
