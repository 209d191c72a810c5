"""
When a question or a section is asked: what editors type, and how it is said to people.

Editors name an earlier question by its number and the answers by their letters or their words.
What is kept are the words: a question inserted before it later cannot silently change what is
meant, because words that the question does not offer are refused.
"""

import re
import unicodedata
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.questionnaires.paper import letter
from consultations.questionnaires.schema import Condition, Option
from consultations.questionnaires.types import Question


def resolve(number: str, answers: str, earlier: Sequence[Question]) -> Condition | None:
    """
    Return the condition that an editor typed; None where both fields are empty.

    `answers` has one answer a line: its words, the beginning of its words, or its letter. Raises
    ValidationError keyed by field ("question" or "answers") where no earlier question or answer
    is meant.
    """
    number, lines = number.strip(), [line for line in answers.splitlines() if line.strip()]
    if not number and not lines:
        return None
    question = _question(number, earlier)
    offered = question.condition_options()
    keys = []
    for line in lines:
        key = _meant(line, question, offered)
        if key is None:
            raise ValidationError(
                {
                    "answers": _("Question %(number)s has no answer “%(answer)s”. It has: %(all)s.")
                    % {
                        "number": question.number,
                        "answer": line.strip(),
                        "all": "; ".join(
                            f"{letter(i)}. {option.label}" for i, option in enumerate(offered)
                        ),
                    }
                }
            )
        keys.append(key)
    if not keys:
        raise ValidationError({"answers": _("Type at least one answer, one a line.")})
    return Condition(question.id, frozenset(keys))


def typed(condition: Condition, earlier: Sequence[Question]) -> tuple[str, str]:
    """
    Return how a resolved condition is kept: the question's number, and the words of its answers.

    "yes", "no" and "other" are kept as those keys: their words depend on the editor's language.
    """
    question = next(each for each in earlier if each.id == condition.question)
    own = {option.key: option.label for option in question.options}
    chosen = [each.key for each in question.condition_options() if each.key in condition.keys]
    return question.number, "\n".join(own.get(key, key) for key in chosen)


def in_words(condition: Condition | None, questions: Sequence[Question]) -> str:
    """Say who is asked, as a sentence for people; "" where everybody is."""
    question = condition and next((q for q in questions if q.id == condition.question), None)
    if not condition or not question:
        return ""
    labels = [
        option.label for option in question.condition_options() if option.key in condition.keys
    ]
    listed = gettext(" or ").join(gettext("“%s”") % label for label in labels)
    return gettext("Only if you answered question %(number)s with %(answers)s.") % {
        "number": question.number,
        "answers": listed,
    }


def _question(number: str, earlier: Sequence[Question]) -> Question:
    digits = re.search(r"\d+", number)
    wanted = str(int(digits[0])) if digits else ""
    question = next((each for each in earlier if each.number == wanted), None)
    if question is None:
        raise ValidationError(
            {"question": _("Type the number of a question that comes before this one.")}
        )
    if not question.condition_options():
        raise ValidationError(
            {
                "question": _(
                    "No question can depend on question %(number)s: it is neither a choice nor yes "
                    "or no."
                )
                % {"number": question.number}
            }
        )
    return question


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
