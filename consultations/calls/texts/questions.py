"""The words of a questionnaire, by keys made of the ids that answers refer to."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from consultations.calls.texts.units import unit_of_id
from consultations.questionnaires.parts import Part, Questionnaire
from consultations.questionnaires.schema import Option
from consultations.questionnaires.types import Question
from portal.cms.texts.segments import Segment

QUESTION_WORDS = ("text", "help", "minimum_label", "maximum_label")
LISTS = ("options", "rows")


def words_of(questionnaire: Questionnaire) -> Iterator[Segment]:
    """Yield the words of every section and question, in the order in which they are read."""
    for part in questionnaire.parts:
        key = unit_of_id(part.id)
        yield Segment(f"{key}.title", part.title)
        yield Segment(f"{key}.introduction", part.introduction, is_rich=True)
        for question in part.questions:
            yield from words_of_question(question)


def words_of_question(question: Question) -> Iterator[Segment]:
    """Yield the words of one question."""
    key = unit_of_id(question.id)
    for name in QUESTION_WORDS:
        yield Segment(f"{key}.{name}", getattr(question, name))
        if name == "help":
            for each in LISTS:
                for option in getattr(question, each):
                    yield Segment(f"{key}.{each}.{option.key}", option.label)


def in_other_words(
    questionnaire: Questionnaire,
    words: dict[str, str],
    units: set[str],
    *,
    original: str,
    in_standard_words: set[str],
) -> Questionnaire:
    """
    Return a questionnaire in which the sections and questions named in `units` have other words.

    The others are in the `original` language, and say so unless it is "". So do those that stand in
    standard words amid easy ones.
    """

    def told(subject: Any, worded: Any) -> Any:
        unit = unit_of_id(subject.id)
        shown = worded(subject, words) if unit in units else replace(subject, language=original)
        return replace(shown, is_standard=unit in in_standard_words)

    return Questionnaire(
        tuple(
            replace(
                told(part, _part),
                questions=tuple(told(each, _question) for each in part.questions),
            )
            for part in questionnaire.parts
        )
    )


def _part(part: Part, words: dict[str, str]) -> Part:
    key = unit_of_id(part.id)
    return replace(
        part,
        title=words.get(f"{key}.title", part.title),
        introduction=words.get(f"{key}.introduction", part.introduction),
    )


def _question(question: Question, words: dict[str, str]) -> Question:
    key = unit_of_id(question.id)
    own: dict[str, Any] = {
        name: words.get(f"{key}.{name}", getattr(question, name)) for name in QUESTION_WORDS
    }
    lists: dict[str, Any] = {
        each: tuple(
            Option(option.key, words.get(f"{key}.{each}.{option.key}", option.label))
            for option in getattr(question, each)
        )
        for each in LISTS
    }
    return replace(question, **own, **lists)
