"""
When a question or a section is asked: what editors type, and how it is said to people.

Editors choose an earlier question by its words; its number may be typed too. What is kept is the
question's id, so that a question inserted, moved or deleted cannot change which one is meant, and
the words of its answers. The words of the question are kept beside its id, to name it when it is
gone.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.questionnaires.paper import letter
from consultations.questionnaires.schema import Condition, Option
from consultations.questionnaires.types import Question
from portal.languages import lists

# "3", "3.", "(3)", "Question 3": a number, perhaps after one word that says so.
NUMBER = re.compile(r"(?:\w+[.:]?\s+)?\W{0,2}(\d{1,4})\W{0,2}")


class Kept(NamedTuple):
    """A condition as a block keeps it: a question's id, words of its answers, and its own words."""

    question: str = ""
    answers: str = ""
    asked: str = ""


def resolve(
    typed: Kept, earlier: Sequence[Question], later: Iterable[Question] = ()
) -> Condition | None:
    """
    Return the condition that an editor typed; None where no question and no answer is.

    `typed.question` is the id of a question, its words or its number; `typed.answers` has one
    answer a line: its words, the beginning of its words, or its letter. `later` are the questions
    that do not come before. Raises ValidationError keyed by field ("question" or "answers") where
    no earlier question or answer is meant.
    """
    said, lines = (
        typed.question.strip(),
        [line for line in typed.answers.splitlines() if line.strip()],
    )
    if not said and not lines:
        return None
    question = _question(said, typed.asked, earlier, later)
    offered = question.condition_options()
    keys = []
    for line in lines:
        key = _meant(line, question, offered)
        if key is None:
            raise ValidationError(
                {
                    "answers": _("“%(question)s” has no answer “%(answer)s”. It has: %(all)s.")
                    % {
                        "question": question.text,
                        "answer": line.strip(),
                        "all": "; ".join(
                            f"{letter(i)}. {option.label}" for i, option in enumerate(offered)
                        ),
                    }
                }
            )
        keys.append(key)
    if not keys:
        raise ValidationError({"answers": _("Choose at least one answer.")})
    return Condition(question.id, frozenset(keys))


def kept(condition: Condition, earlier: Sequence[Question]) -> Kept:
    """
    Return how a resolved condition is kept.

    "yes", "no" and "other" are kept as those keys: their words depend on the editor's language.
    """
    question = next(each for each in earlier if each.id == condition.question)
    own = {option.key: option.label for option in question.options}
    chosen = [each.key for each in question.condition_options() if each.key in condition.keys]
    return Kept(question.id, "\n".join(own.get(key, key) for key in chosen), question.text)


def in_words(condition: Condition | None, questions: Sequence[Question]) -> str:
    """Say who is asked, as a sentence for people; "" where everybody is."""
    question = condition and next((q for q in questions if q.id == condition.question), None)
    if not condition or not question:
        return ""
    labels = [
        option.label for option in question.condition_options() if option.key in condition.keys
    ]
    # Translators: quotation marks of the language, round an option or the title of a page.
    listed = lists.in_words((gettext("“%s”") % label for label in labels), "or")
    # Translators: answers is a list in quotation marks: “Yes” or “Other”.
    return gettext("Only if you answered question %(number)s with %(answers)s.") % {
        "number": question.number,
        "answers": listed,
    }


def _question(
    said: str, asked: str, earlier: Sequence[Question], later: Iterable[Question]
) -> Question:
    """Return the earlier question that is meant. Raises ValidationError where none is."""
    question = _found(said, earlier)
    if question is None:
        raise ValidationError({"question": _why_not(said, asked, later)})
    if not question.condition_options():
        raise ValidationError(
            {
                "question": _(
                    "Nothing can depend on “%(question)s”: it is neither a choice nor yes or no."
                )
                % {"question": question.text}
            }
        )
    return question


def _found(said: str, questions: Iterable[Question]) -> Question | None:
    """Find a question by its id, its words or its number, in this order; else None."""
    questions, words, number = list(questions), _folded(said), NUMBER.fullmatch(said)
    if by_id := [each for each in questions if each.id == said]:
        return by_id[0]
    if by_words := [each for each in questions if words and _folded(each.text) == words]:
        if len(by_words) > 1:
            raise ValidationError(
                {
                    "question": _(
                        "Several questions have the words “%(question)s”. Type the number instead."
                    )
                    % {"question": by_words[0].text}
                }
            )
        return by_words[0]
    wanted = str(int(number[1])) if number else ""
    return next((each for each in questions if each.number == wanted), None)


def _why_not(said: str, asked: str, later: Iterable[Question]) -> str:
    """Say why no earlier question is meant, and name the one that is."""
    if below := _found(said, later) if said else None:
        return gettext(
            "“%(question)s” does not come before this. Move it up, or choose another question."
        ) % {"question": below.text}
    if asked:
        return gettext(
            "“%(question)s” is not in the questionnaire any more. Choose another question, or none."
        ) % {"question": asked}
    return gettext("Choose a question that comes before this one.")


def _meant(line: str, question: Question, offered: Sequence[Option]) -> str | None:
    """Return the key of the answer that a line means: by words, by key, by letter, by beginning."""
    said = _folded(line)
    own = {option.key for option in question.options}
    for option in offered:
        if said == _folded(option.label) or (option.key not in own and said == option.key):
            return option.key
    bare = said.rstrip(".)")
    for place, option in enumerate(offered):
        if bare == letter(place):
            return option.key
    beginning = [option.key for option in offered if _folded(option.label).startswith(said)]
    return beginning[0] if len(beginning) == 1 else None


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
