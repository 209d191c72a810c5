"""What a consultation asks: parts of questions, and which of them apply."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from consultations.questionnaires.schema import Answer, Answers, Condition
from consultations.questionnaires.types import Question


@dataclass(frozen=True)
class Part:
    """A section of the questionnaire: a page of the form."""

    id: str
    number: int
    title: str
    introduction: str = ""
    condition: Condition | None = None
    questions: tuple[Question, ...] = ()
    language: str = ""  # of its title and introduction, where this is not the reader's
    is_standard: bool = False  # these stand in standard words amid easy ones


@dataclass(frozen=True)
class Questionnaire:
    """All parts in order. Empty where a consultation asks nothing but comments."""

    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return any(part.questions for part in self.parts)

    @property
    def questions(self) -> Iterator[Question]:
        for part in self.parts:
            yield from part.questions

    def find(self, question_id: str) -> Question | None:
        return next((each for each in self.questions if each.id == question_id), None)

    def applicable(self, answers: Answers) -> list[Part]:
        """
        Return the parts that apply to somebody who answered so, with their applicable questions.

        A condition refers to an earlier question; where that one does not apply, neither does what
        depends on it, even if an answer to it is still there.
        """
        given: dict[str, frozenset[str]] = {}
        parts = []
        for part in self.parts:
            if part.condition and not part.condition.holds(given):
                continue
            questions = []
            for question in part.questions:
                if question.condition and not question.condition.holds(given):
                    continue
                questions.append(question)
                given[question.id] = question.keys_given(value_in(answers, question))
            if questions:
                parts.append(replace(part, questions=tuple(questions)))
        return parts

    def keys_given(self, answers: Answers) -> dict[str, frozenset[str]]:
        """Return, by question that applies, the answers that a condition may name."""
        return {
            question.id: question.keys_given(value_in(answers, question))
            for part in self.applicable(answers)
            for question in part.questions
        }


def value_in(answers: Answers, question: Question) -> Any:
    """Return the value that was answered to a question; None where nothing was."""
    return Answer.of(answers.get(question.id)).value
