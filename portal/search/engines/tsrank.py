"""
Which cards PostgreSQL finds, and how well each answers.

`ts_rank` knows neither how rare a word is, nor that a card with two of the words answers better
than one with the first of them twice. So each thing that is asked for is ranked by itself and held
against the card's length. As with `bm25`, its rank grows ever more slowly towards the weight of the
thing, which is how much it tells: the more often a word stands there, the less does once more.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from portal.search.analysis.query_relaxation import WHOLE_WEIGHS
from portal.search.analysis.stop_words import says_nothing
from portal.search.analysis.syntax import Expression, Term
from portal.search.engines.database import Sought
from portal.search.engines.tsquery import CONFIGURATIONS, by_language, stemmed
from portal.search.highlights import START
from portal.search.registry import weights

# Of D, C, B, A: of kept stems, which mostly stand beside the word itself; then of body, summary
# and title.
WEIGHTS = "{0.02, 0.3, 0.6, 1.0}"
# How much of a thing counts for half of its weight. In a long text words stand by chance, so there
# it takes more, by its different words and so many beside them. Beyond some, more tell nothing: a
# guide of a thousand words is no less about its subject than half of it.
HALF_A_WORD, BESIDE_LENGTH, MOST_LENGTH = 0.003, 100, 450
HALF = f"{HALF_A_WORD}::float8 * ({BESIDE_LENGTH} + least({MOST_LENGTH}, length(c.vector)))"
# All of the words together, by how close they stand.
NEAR_WEIGHS = 5.0
# What is in the language that the reader writes.
OWN_LANGUAGE_WEIGHS = 4.0
# Of a card in another language the stems of its title and summary in the reader's, which stand with
# the kept ones: few words, and all that it has in that language. How long the card is says nothing
# of them.
OF_HEADINGS = "{0.6, 0, 0, 0}"
HEADED_WEIGHS = 4.0
HALF_OF_HEADINGS = "0.9::float8"
RANK = "%s::float8 * (1 - {half} / ({half} + %s * ts_rank(%s, c.vector, %s::tsquery)))"
# Each text by itself: no card has that character (`cards.clean`), and no phrase goes over it.
TEXTS = f"concat_ws('{START}', c.title, c.summary, c.body)"
STANDS = f"unaccent({TEXTS}) ~* (SELECT unaccent(%s))"
# Forms of a word differ in so many letters at the end.
ENDING = 3
_LEXEME = re.compile(r"'(?:[^']|'')+'")


class Ranked(NamedTuple):
    """
    A thing that is ranked by itself: how much of it counts for half of its weight; the weight;
    its number of lexemes, for `ts_rank` is the mean of all that may be found; the weights of texts;
    and the words.
    """

    half: str
    weight: float
    lexemes: int
    texts: str
    words: str


def rank_of(sought: Sought) -> tuple[str, list[Any]]:
    """
    Say how well the card `c` answers, as an expression and its parameters.

    Where some of the words may be missing, what has them all counts for more.
    """
    assert sought.expression is not None
    asked = sought.asked or sought.expression
    whens, params = [], list[Any]()
    for language in CONFIGURATIONS:
        ranked = _ranked(asked, language)
        ranks = " + ".join(RANK.format(half=one.half) for one in ranked) or "0"
        whens.append(f"{f'WHEN {language!r} THEN' if language else 'ELSE'} {ranks}")
        params += [param for one in ranked for param in one[1:]]
    rank = f"(CASE c.language {' '.join(whens)} END)"
    if kinds := weights():
        rank += f" * CASE c.kind {'WHEN %s THEN %s::real ' * len(kinds)}ELSE 1 END"
        params += [value for pair in kinds.items() for value in pair]
    if sought.asked:
        whole, own = matches(sought.asked)
        rank += f" * CASE WHEN {whole} THEN {WHOLE_WEIGHS} ELSE 1 END"
        params += own
    return rank, params


def _ranked(asked: Expression, language: str) -> list[Ranked]:
    """List what is ranked in a card of this language."""
    sought = stemmed(asked)
    own = OWN_LANGUAGE_WEIGHS if language in asked.languages else 1.0
    ranked = [
        Ranked(HALF, own * weight, len(set(_LEXEME.findall(words))), WEIGHTS, words)
        for texts, weight in sought.each
        if (words := texts.get(language))
    ]
    if asked.languages and language not in asked.languages:
        for texts, weight in sought.each:
            if stems := _of_headings(texts.get(language, ""), asked.languages):
                words, weight = " | ".join(stems), HEADED_WEIGHS * weight
                ranked.append(Ranked(HALF_OF_HEADINGS, weight, len(stems), OF_HEADINGS, words))
    if len(asked.required) > 1 and language in sought.expression:
        ranked.append(Ranked(HALF, NEAR_WEIGHS, 1, WEIGHTS, sought.expression[language]))
    return ranked


def _of_headings(text: str, languages: Collection[str]) -> list[str]:
    """Return which lexemes of a query's text are stems of these languages (`stemming.py`)."""
    ends = tuple(f"0{language}'" for language in languages)
    return [lexeme for lexeme in dict.fromkeys(_LEXEME.findall(text)) if lexeme.endswith(ends)]


def matches(expression: Expression | None) -> tuple[str, list[Any]]:
    """
    Return a condition on the card `c`, and its parameters. The index finds what any language asks
    for; where they ask for different things, each card is then held against what its own does.
    """
    if expression is None:
        return "true", []
    told = tuple(term for term in expression.excluded if not _loses_words(term))
    texts = stemmed(replace(expression, excluded=told)).expression
    different = dict.fromkeys(texts.values())
    if not different:
        return "false", []
    where, params = "c.vector @@ %s::tsquery", [" | ".join(f"({text})" for text in different)]
    if len(different) > 1 or len(texts) < len(CONFIGURATIONS):
        own, own_params = by_language(texts, "NULL")
        where, params = f"{where} AND c.vector @@ ({own})", params + own_params
    for condition, own_params in _of_texts(expression):
        where, params = f"{where} AND {condition}", params + own_params
    return where, params


def _of_texts(expression: Expression) -> Iterator[tuple[str, list[Any]]]:
    """Conditions that the vectors cannot tell, for they lose words of phrases."""
    for alternatives in expression.required:
        others = tuple(term for term in alternatives if not _loses_words(term))
        if len(others) == len(alternatives):
            continue
        parts = [(STANDS, [_pattern(term)]) for term in alternatives if term not in others]
        if others:
            parts.append(matches(Expression((others,))))
        any_of = " OR ".join(f"({condition})" for condition, _ in parts)
        yield f"({any_of})", [param for _, own in parts for param in own]
    for term in expression.excluded:
        if _loses_words(term):
            yield f"NOT {STANDS}", [_pattern(term)]


def _loses_words(term: Term) -> bool:
    """Say whether this is a phrase of which some language has no stem for every word."""
    if not term.exact:
        return False
    texts = stemmed(Expression(((term,),))).expression
    kept = (len(_LEXEME.findall(texts.get(language, ""))) for language in CONFIGURATIONS)
    return min(kept) < len(term.words)


def _pattern(term: Term) -> str:
    """
    Return the phrase as a pattern for texts. Of words that say something the vectors have told the
    stems: their beginning is enough here.
    """
    words = (
        re.escape(word)
        if says_nothing(word) or len(word) <= ENDING
        else rf"{re.escape(word[: max(ENDING, len(word) - ENDING)])}\S*"
        for word in term.words
    )
    return rf"\m{f'[^[:alnum:]{START}]+'.join(words)}\M"
