"""
What a consultation asks, as plain values: parts, questions, and when each applies.

Answers are a mapping from a question's id to `{"value": …}`; what stands in `value` depends on the
question's kind:

- short-text, long-text: a string
- one-choice: `{"choice": key, "other": text}` (`choice` is "other" where the text counts)
- many-choices: `{"choices": [key, …], "other": text}`
- scale: an integer
- ranking: the keys of the options, the first ranked first; options left out are not ranked
- matrix: `{row key: column key}`
- number: a decimal as a string, e.g. "12.5"
- date: "YYYY-MM-DD"
- yes-no: true or false
- file: the ids of stored files

A question that nobody answered has no entry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

Answers = Mapping[str, Mapping[str, Any]]
OTHER = "other"


class Kind(models.TextChoices):
    SHORT_TEXT = "short-text", _("Short text")
    LONG_TEXT = "long-text", _("Long text")
    ONE_CHOICE = "one-choice", _("One choice")
    MANY_CHOICES = "many-choices", _("Many choices")
    SCALE = "scale", _("Scale")
    RANKING = "ranking", _("Ranking")
    MATRIX = "matrix", _("Matrix")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    YES_NO = "yes-no", _("Yes or no")
    FILE = "file", _("Files")


class Unit(models.TextChoices):
    WORDS = "words", _("words")
    CHARACTERS = "characters", _("characters")


@dataclass(frozen=True)
class Option:
    """One thing to choose, or one row or column of a matrix. `key` is stored and never shown."""

    key: str
    label: str


@dataclass(frozen=True)
class Limit:
    """A limit on the length of a text."""

    maximum: int
    unit: str = Unit.WORDS


@dataclass(frozen=True)
class Condition:
    """
    Holds where an earlier question was answered with one of `keys`.

    The earlier question is a choice ("other" included), or a yes-no with the keys "yes" and "no".
    """

    question: str
    keys: frozenset[str]

    def holds(self, answers: Answers) -> bool:
        """Say whether the answers given so far meet it."""
        value = (answers.get(self.question) or {}).get("value")
        if isinstance(value, bool):
            return ("yes" if value else "no") in self.keys
        if isinstance(value, Mapping):
            chosen = [value.get("choice"), *value.get("choices", ())]
            return not self.keys.isdisjoint(key for key in chosen if key)
        return False


@dataclass(frozen=True)
class Question:
    """
    One question. `id` is the block's own and never changes; `number` is how people cite it.

    Only what belongs to its kind is set: `options` and `allow_other` for choices, `options` for a
    ranking, `rows` and `options` (the columns) for a matrix, `minimum` and `maximum` for a number,
    a scale (whole numbers, with a label at each end) and the count of files (`maximum`).
    """

    id: str
    number: str
    kind: str
    text: str
    help: str = ""
    required: bool = False
    limit: Limit | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    allow_other: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    minimum_label: str = ""
    maximum_label: str = ""
    condition: Condition | None = None

    def label_of(self, key: str) -> str:
        """Return the words of an option; the key itself where an option is gone."""
        return next((option.label for option in self.options if option.key == key), key)


@dataclass(frozen=True)
class Part:
    """A section of the questionnaire: a page of the form."""

    id: str
    number: int
    title: str
    introduction: str = ""
    condition: Condition | None = None
    questions: tuple[Question, ...] = field(default=())


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
        Return the parts that apply to somebody who answered so, each with its applicable questions.

        A condition refers to an earlier question; where that one does not apply, neither does what
        depends on it, even if an answer to it is still there.
        """
        applying: dict[str, Mapping[str, Any]] = {}
        parts = []
        for part in self.parts:
            if part.condition and not part.condition.holds(applying):
                continue
            questions = []
            for question in part.questions:
                if question.condition and not question.condition.holds(applying):
                    continue
                questions.append(question)
                if question.id in answers:
                    applying[question.id] = answers[question.id]
            if questions:
                parts.append(
                    Part(
                        part.id,
                        part.number,
                        part.title,
                        part.introduction,
                        part.condition,
                        tuple(questions),
                    )
                )
        return parts
