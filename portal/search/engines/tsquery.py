"""
From what a reader seeks to PostgreSQL's own queries, one for each language.

The words are stemmed once in each language, and each card is held against those of its own: so
stop words, exclusions and phrases mean what they mean in that language.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from portal.search.engines.database import rows
from portal.search.loosening import telling
from portal.search.stemming import query_stems
from portal.search.syntax import Expression, Term
from portal.search.vocabulary import SHORTEST, number_of_cards, rarity

# As the migration 0002_full_text makes them; the last is for every other language.
CONFIGURATIONS = {
    "en": "portal_en",
    "fr": "portal_fr",
    "es": "portal_es",
    "ru": "portal_ru",
    "ar": "portal_ar",
    "": "portal_any",
}
# Of words too short to be counted one card in so many is taken to have them.
UNCOUNTED = 20
# What an editor calls a thing too, beside what the reader called it.
SYNONYM_WEIGHS = 0.3


class Stemmed(NamedTuple):
    """
    Language to text of a `tsquery`: the expression, and any one of its words for highlights; then
    for each thing that must be found and says something the same, and how much it tells.
    """

    expression: Mapping[str, str]
    any_word: Mapping[str, str]
    each: Sequence[tuple[Mapping[str, str], float]]


@lru_cache(maxsize=256)
def stemmed(expression: Expression) -> Stemmed:
    """
    The expression in the stems of each language in which any word is left; one statement.

    Remembered, for a search asks again and again and a reader turns pages.
    """
    terms = list(expression.terms())
    words = [Term((word,), prefix=term.prefix) for term in terms for word in term.words]
    telling_ones = [
        (alternatives, weight)
        for one in telling(expression.required)
        for added, weight in ((False, 1.0), (True, SYNONYM_WEIGHS))
        if (alternatives := [term for term in one if term.added == added])
    ]
    parts = [
        part
        for language in CONFIGURATIONS
        for part in (
            _expression_sql(expression, language),
            _any_of(words, language),
            *(_any_of(one, language) for one, _ in telling_ones),
        )
    ]
    counts = ", ".join(["(SELECT cards FROM search_word WHERE word = %s)"] * len(words))
    (texts,) = rows(
        f"SELECT {', '.join(f'({sql})::text' for sql, _ in parts)}, {number_of_cards()}, {counts}",
        [*(param for _, own in parts for param in own), *(t.words[0].casefold() for t in words)],
    )
    width = len(parts) // len(CONFIGURATIONS)
    total, *cards = texts[len(parts) :]
    found = {term.words[0]: count for term, count in zip(words, cards, strict=True)}
    columns = [_left(texts[start : len(parts) : width]) for start in range(width)]
    weights = [weight * max(_telling(found, one, total)) for one, weight in telling_ones]
    return Stemmed(columns[0], columns[1], list(zip(columns[2:], weights, strict=True)))


def _telling(
    found: Mapping[str, int | None], alternatives: Sequence[Term], total: int
) -> Iterator[float]:
    """How much each typed word says of a card; for uncounted ones, short and rare, a guess."""
    for word in alternatives[0].words:
        count = found[word]
        if count is None:
            count = 0 if len(word) >= SHORTEST else total // UNCOUNTED
        yield rarity(count, total)


def _left(texts: Sequence[str]) -> dict[str, str]:
    return {code: text for code, text in zip(CONFIGURATIONS, texts, strict=True) if text}


def _expression_sql(expression: Expression, language: str) -> tuple[str, list[Any]]:
    required = [_any_of(terms, language) for terms in telling(expression.required)]
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
