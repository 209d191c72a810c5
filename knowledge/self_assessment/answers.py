"""What answers come to: for each stage a level, never a sum; for a company what to do first."""

from collections.abc import Mapping
from itertools import takewhile

from knowledge.self_assessment.criteria import NO, PARTLY, UNKNOWN, YES, Part, Statement, Subject

# By the key of a statement; what was not answered has no entry.
Answers = Mapping[str, str]


def taken(subject: Subject, answers: Mapping[str, object]) -> dict[str, str]:
    """Return what of `answers` belongs to statements that there are, and is an answer."""
    keys = {each.key for each in subject.statements}
    return {
        key: str(said)
        for key, said in answers.items()
        if key in keys and said in subject.choices and isinstance(said, str)
    }


def level_of(stage: Part, answers: Answers) -> str:
    """Return the highest level with every statement up to it true: "0" to "4"."""
    met = takewhile(lambda each: answers.get(each.key) == YES, stage.statements)
    return str(sum(1 for _each in met))


def next_of(stage: Part, answers: Answers) -> Statement | None:
    """Return the statement that comes next: the lowest that is not known to be true."""
    return next((each for each in stage.statements if answers.get(each.key) != YES), None)


def to_ask(part: Part, answers: Answers) -> list[Statement]:
    """Return the statements of which somebody said that they do not know."""
    return [each for each in part.statements if answers.get(each.key) == UNKNOWN]


def open_of(part: Part, answers: Answers) -> list[Statement]:
    """Return the questions that were answered with "no" or "partly"."""
    return [each for each in part.statements if answers.get(each.key) in (NO, PARTLY)]


def first_things(subject: Subject, answers: Answers) -> list[Statement]:
    """Return all that is open for a company, the most severe first."""
    found = (each for part in subject.parts for each in open_of(part, answers))
    return sorted(found, key=lambda each: each.rank)


def count_of(part: Part, answers: Answers) -> int:
    """Return how many statements of a part were answered at all."""
    return sum(each.key in answers for each in part.statements)
