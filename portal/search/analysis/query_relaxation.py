"""
What to look for where next to nothing has all of the words: that which has half of them, or any.

People ask in sentences, and bring words that nobody wrote: "how do I refuse a licence", "forensic
phone extraction updates". Rather than nothing they are shown what comes near. The engines need not
know of it: "two of three" is written as "one of each pair", an expression like any other.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from portal.search.analysis.stop_words import says_nothing
from portal.search.analysis.syntax import Expression, Term

Alternatives = tuple[Term, ...]

# With so few found, what has half of the words follows; sooner where half is one word of two, which
# so many have. Long texts have all words of a question somewhere: a first page of them is few.
FEW = {1: 0, 2: 4}
FEW_OF_MORE_WORDS = 10
# What has all of the words counts so much more than what has some of them as well. It does not come
# first whatever it says: a long text has every word of a question somewhere, and a guide on the
# matter often lacks one.
WHOLE_WEIGHS = 2.0
# Of more words the longest tell most; with each further one the expression grows fast.
MOST = 6


def loosened(expression: Expression, *, found: int) -> Expression | None:
    """
    Half of the words that say something, rounded up, where so few were `found` with all of them.

    What stands in quotation marks or was excluded stays so. None where enough was found, where
    nothing can be left out, or where the reader has written OR and so said what may be.
    """
    kept, words = _meant_and_not(expression)
    if enough(expression, found):
        return None
    return _with(expression, (*kept, *_half_of(words)))


def by_any_word(expression: Expression) -> Expression | None:
    """
    Return any one of the words that say something, for where not even half of them stand together.

    None where that is what `loosened` gives, and where it gives None.
    """
    kept, words = _meant_and_not(expression)
    if len(words) < 3:  # half of two is one
        return None
    return _with(expression, (*kept, tuple(term for one in words for term in one)))


def enough(expression: Expression, found: int) -> bool:
    """Say whether so many are more than next to nothing for one who asks this."""
    _, words = _meant_and_not(expression)
    return found > FEW.get(len(words), FEW_OF_MORE_WORDS)


def telling(required: Sequence[Alternatives]) -> Sequence[Alternatives]:
    """Return what must be found: all but words that say nothing, or those if there are no more."""
    return [one for one in required if _says_something(one)] or required


def _meant_and_not(expression: Expression) -> tuple[list[Alternatives], list[Alternatives]]:
    """Part what must be found from the words of which some may be missing, the longest of them."""
    if any(sum(not term.added for term in one) > 1 for one in expression.required):
        return list(expression.required), []
    kept = [one for one in expression.required if any(term.exact for term in one)]
    words = [
        word
        for one in expression.required
        if one not in kept
        for word in _taken_apart(one)
        if _says_something(word)
    ]
    return kept, sorted(words, key=_length, reverse=True)[:MOST]


def _taken_apart(alternatives: Alternatives) -> list[Alternatives]:
    """Return the words of an entry among the synonyms, each with its other names."""
    typed, *others = alternatives
    if not typed.apart:
        return [alternatives]
    return [(Term((word,)), *others) for word in typed.words]


def _with(expression: Expression, required: tuple[Alternatives, ...]) -> Expression | None:
    if not required or required == expression.required:
        return None
    return replace(expression, required=required)


def _half_of(words: Sequence[Alternatives]) -> list[Alternatives]:
    """Ask for half of all: of any so many as may be missing, and one more, one must be there."""
    missing = len(words) // 2
    return [
        tuple(term for alternatives in some for term in alternatives)
        for some in combinations(words, missing + 1)
    ]


def _says_something(alternatives: Alternatives) -> bool:
    return not all(
        len(term.words) == 1 and not term.exact and says_nothing(term.words[0])
        for term in alternatives
    )


def _length(alternatives: Alternatives) -> int:
    return max(len("".join(term.words)) for term in alternatives)
