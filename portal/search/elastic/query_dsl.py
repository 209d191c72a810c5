"""
From what is asked for to Elasticsearch's query language: which texts match, and how well.

The words are looked for once in each language, among the cards of that language: so a stem, an
exclusion and a function word mean what they mean there. A card's fields are weighed as one text, in
which a word of the title counts several times: so how rare a word is, and how long a card, is the
same for the longest guide and for a comment, which has no title. Words that stand close together,
as they were typed, count on top.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from portal.search.analysis.query_relaxation import telling
from portal.search.analysis.stop_words import is_function_word
from portal.search.analysis.syntax import Expression, Term
from portal.search.elastic.analysis import LANGUAGES, PLAIN
from portal.search.registry import weights

Query = dict[str, Any]

WEIGHTS = {"title": 4.0, "summary": 2.0, "body": 1.0}
# Typed side by side, words may stand so far apart and still be near.
NEAR_WORDS = 2
# What an editor calls a thing too, beside what the reader called it.
SYNONYM_WEIGHS = 0.3
# Longer questions are not tried with other spellings of every word.
MOST_FUZZY_WORDS = 8
# What is in the language that the reader writes.
OWN_LANGUAGE_WEIGHS = 4.0
FUZZY = {
    "analyzer": PLAIN._name,  # stems are not what people mistype
    "fuzziness": "AUTO:4,8",
    "prefix_length": 1,
    "max_expansions": 20,
}


def matching(expression: Expression, *, fuzzy: bool = False) -> Query:
    """Ask for all that is required and nothing that is excluded; `fuzzy` forgives slips."""
    return _any([_in_language(expression, language, fuzzy) for language in LANGUAGES])


def nearly_matching(expression: Expression, wider: Expression) -> Query:
    """Ask for what matches `wider`, the better the more it has of what `expression` asks for."""
    asked = [_in_language(expression, language, False, every=False) for language in LANGUAGES]
    return {"bool": {"filter": [matching(wider)], "should": [_any(asked)]}}


def weighed(query: Query) -> Query:
    """Let each match count for as much as the kind of its card weighs."""
    kinds = [
        {"filter": {"term": {"kind": kind}}, "weight": weight} for kind, weight in weights().items()
    ]
    return {"function_score": {"query": query, "functions": kinds}} if kinds else query


def marked_words(expression: Expression, *, fuzzy: bool = False) -> Query:
    """Ask for what is to be marked where it stands: everything required that says something."""
    return _any(
        _term(term, language, fuzzy)
        for language in LANGUAGES
        for alternatives in telling(expression.required)
        for term in alternatives
    )


def may_be_fuzzy(expression: Expression) -> bool:
    """Say whether other spellings may be tried: of plain words, and not too many."""
    words = [_is_word(term) for term in expression.terms()]
    return any(words) and len(words) <= MOST_FUZZY_WORDS


def _in_language(
    expression: Expression, language: str, fuzzy: bool, *, every: bool = True
) -> Query:
    query: Query = {
        "must" if every else "should": [
            _any(_term(t, language, fuzzy) for t in alternatives)
            for alternatives in telling(expression.required)
        ],
        "must_not": [_term(term, language) for term in expression.excluded],
    }
    typed = [word for alternatives in expression.required for word in alternatives[0].words]
    if len(typed) > 1:
        query.setdefault("should", []).append(_phrase(typed, language, slop=NEAR_WORDS))
    weighed = {name: clauses for name, clauses in query.items() if clauses}
    if language in expression.languages:
        weighed["boost"] = OWN_LANGUAGE_WEIGHS
    return {"bool": weighed}


def _term(term: Term, language: str, fuzzy: bool = False) -> Query:
    if term.added:
        typed = _term(replace(term, added=False), language, fuzzy)
        return {"bool": {"must": [typed], "boost": SYNONYM_WEIGHS}}
    words = term.words
    if term.apart:
        said = [word for word in words if not is_function_word(word, language)] or words
        return {"bool": {"must": [_word(word, language, fuzzy) for word in said]}}
    if term.prefix:
        kind = "bool_prefix" if len(words) == 1 else "phrase_prefix"
        return _fields(" ".join(words), language, type=kind, analyzer=PLAIN._name)
    if len(words) > 1:
        return _phrase(words, language)
    return _word(words[0], language, fuzzy and not term.exact)


def _word(word: str, language: str, fuzzy: bool) -> Query:
    if fuzzy:
        return _fields(word, language, operator="and", **FUZZY)
    return {"combined_fields": {"query": word, "fields": _weighed(language), "operator": "and"}}


def _phrase(words: Iterable[str], language: str, **options: Any) -> Query:
    return _fields(" ".join(words), language, type="phrase", **options)


def _fields(text: str, language: str, **options: Any) -> Query:
    return {"multi_match": {"query": text, "fields": _weighed(language), **options}}


def _weighed(language: str) -> list[str]:
    return [f"{name}.{language}^{weight}" for name, weight in WEIGHTS.items()]


def _any(queries: Iterable[Query]) -> Query:
    listed = list(queries)
    # The best of them counts: who has many names for a thing is not better for it.
    return listed[0] if len(listed) == 1 else {"dis_max": {"queries": listed}}


def _is_word(term: Term) -> bool:
    return len(term.words) == 1 and not (term.exact or term.prefix or term.apart)
