"""
From what a reader seeks to PostgreSQL's own queries, one for each language.

The words are stemmed once in each language, and each card is held against those of its own: so
stop words, exclusions and phrases mean what they mean in that language.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from portal.search.engines.database import rows
from portal.search.stemming import query_stems
from portal.search.syntax import Expression, Term

# As the migration 0002_full_text makes them; the last is for every other language.
CONFIGURATIONS = {
    "en": "portal_en",
    "fr": "portal_fr",
    "es": "portal_es",
    "ru": "portal_ru",
    "ar": "portal_ar",
    "": "portal_any",
}


class Stemmed(NamedTuple):
    """Language to text of a `tsquery`: the expression, and any one of its words for highlights."""

    expression: Mapping[str, str]
    any_word: Mapping[str, str]


@lru_cache(maxsize=256)
def stemmed(expression: Expression) -> Stemmed:
    """
    The expression in the stems of each language in which any word is left; one statement.

    Remembered, for a search asks again and again and a reader turns pages.
    """
    parts = [_expression_sql(expression, language) for language in CONFIGURATIONS]
    terms = list(expression.terms())
    if len(expression.required) > 1 or any(len(term.words) > 1 for term in terms):
        words = [Term((word,), prefix=term.prefix) for term in terms for word in term.words]
        parts += [_any_of(words, language) for language in CONFIGURATIONS]
    (texts,) = rows(
        f"SELECT {', '.join(f'({sql})::text' for sql, _ in parts)}",
        [param for _, own in parts for param in own],
    )
    count = len(CONFIGURATIONS)
    return Stemmed(_left(texts[:count]), _left(texts[-count:]))


def _left(texts: Sequence[str]) -> dict[str, str]:
    return {code: text for code, text in zip(CONFIGURATIONS, texts, strict=True) if text}


def _expression_sql(expression: Expression, language: str) -> tuple[str, list[Any]]:
    required = [_any_of(terms, language) for terms in expression.required]
    sql = " && ".join(f"({part})" for part, _ in required)
    params = [param for _, own in required for param in own]
    if expression.excluded:
        excluded, own = _any_of(expression.excluded, language)
        # What is left of nothing is nothing: stop words alone with an exclusion find no card.
        sql = f"CASE WHEN numnode({sql}) = 0 THEN ''::tsquery ELSE ({sql}) && !!({excluded}) END"
        params = [*params, *params, *own]
    return sql, params


def _any_of(terms: Sequence[Term], language: str) -> tuple[str, list[Any]]:
    parts, params = [], []
    for term in terms:
        part, own = _term(term, language)
        parts.append(f"({part})")
        params += own
    return " || ".join(parts), params


def _term(term: Term, language: str) -> tuple[str, list[Any]]:
    configuration = CONFIGURATIONS[language]
    if term.apart:
        each = [_term(Term((word,)), language) for word in term.words]
        return " && ".join(f"({sql})" for sql, _ in each), [p for _, own in each for p in own]
    words = " ".join(term.words)
    if term.prefix:
        # Letters, digits and marks only.
        return "to_tsquery(%s::regconfig, %s)", [configuration, f"'{words}':*"]
    sql, params = "phraseto_tsquery(%s::regconfig, %s)", [configuration, words]
    stem = query_stems(words).get(language) if len(term.words) == 1 else None
    if stem:
        # A stop word has no stem either.
        sql = f"CASE WHEN numnode({sql}) = 0 THEN ''::tsquery ELSE {sql} || %s::tsquery END"
        params = [*params, *params, f"'{stem}'"]
    return sql, params


def by_language(texts: Mapping[str, str], otherwise: str) -> tuple[str, list[str]]:
    """The query of the language of the card `c`; `otherwise` where no word is left in it."""
    whens = [f"WHEN '{code}' THEN %s::tsquery" for code in texts if code]
    last = "%s::tsquery" if "" in texts else otherwise
    params = [text for code, text in texts.items() if code] + ([texts[""]] if "" in texts else [])
    if not whens:
        return f"({last})", params
    return f"CASE c.language {' '.join(whens)} ELSE {last} END", params
