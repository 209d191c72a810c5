"""
Synonyms: what a reader typed, and what else editors say it is called.

The engines know nothing of it. A word that editors know becomes alternatives, as if the reader had
typed OR; nothing that the typed words find is lost, and no exclusion grows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from portal.curation.models import MOST_WORDS
from portal.curation.normalisation import key_of
from portal.search.analysis.syntax import Expression, Term, words_of

# Beside at most sixteen typed words; what comes past these is left out.
MOST_ADDED_WORDS = 64

Alternatives = tuple[Term, ...]


def keys_in(expression: Expression) -> set[str]:
    """Return the keys (`normalisation.key_of`) of each word or run of words that may be one."""
    required = expression.required
    runs = (run for start in range(len(required)) for run in _runs(required, start))
    alternatives = ([term] for term in expression.terms() if _may_grow(term))
    return {_key(run) for run in chain(runs, alternatives)}


def expand(expression: Expression, groups: Iterable[Sequence[str]]) -> Expression:
    """
    Return the expression with every typed word or run of words that is an entry of a group widened
    to the group's other entries; the longest run counts, what was typed comes first.

    Case and accents do not matter. What stands in quotation marks is taken as it stands. The words
    of a run need not stand together to be found ("apart"), for they need not without synonyms.
    """
    others: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        for key in dict.fromkeys(map(key_of, group)):
            others[key] += group
    if not others:
        return expression
    room = MOST_ADDED_WORDS
    widened: list[Alternatives] = []
    start = 0
    while start < len(expression.required):
        runs = _runs(expression.required, start)
        run = next((run for run in runs if _key(run) in others), None)
        alternatives: list[Term] = []
        for term in [_typed(run)] if run else expression.required[start]:
            alternatives.append(term)
            if _may_grow(term) or term.apart:
                for added in _others(term, others):
                    is_new = all(added.words != term.words for term in alternatives)
                    if is_new and len(added.words) <= room:
                        room -= len(added.words)
                        alternatives.append(added)
        widened.append(tuple(alternatives))
        start += len(run) if run else 1
    return replace(expression, required=tuple(widened))


def _runs(required: Sequence[Alternatives], start: int) -> Iterator[list[Term]]:
    """Runs of words typed beside each other from `start` on, the longest first."""
    run: list[Term] = []
    runs: list[list[Term]] = []
    for alternatives in required[start:]:
        if len(alternatives) > 1 or not _may_grow(alternatives[0]):
            break
        run = [*run, alternatives[0]]
        if sum(len(term.words) for term in run) > MOST_WORDS:
            break
        runs.append(run)
    return reversed(runs)


def _may_grow(term: Term) -> bool:
    return not (term.exact or term.prefix or term.apart)


def _key(run: Iterable[Term]) -> str:
    return key_of(" ".join(word for term in run for word in term.words))


def _typed(run: Sequence[Term]) -> Term:
    """Return a run as one term that finds whatever its terms together find."""
    if len(run) == 1:
        return run[0]
    words = tuple(word for term in run for word in term.words)
    return Term(words, apart=True, open=run[-1].open)


def _others(term: Term, groups: Mapping[str, Sequence[str]]) -> Iterator[Term]:
    own = _key([term])
    for entry in groups.get(own, ()):
        if key_of(entry) != own:
            yield Term(tuple(words_of(entry)), added=True)
