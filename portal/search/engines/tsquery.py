"""
From what a reader seeks to PostgreSQL's own queries, one for each language.

The words are stemmed once in each language, and each card is held against those of its own: so
stop words, exclusions and phrases mean what they mean in that language.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from portal.search.analysis.query_relaxation import telling
from portal.search.analysis.stemming import query_stems
from portal.search.analysis.syntax import Expression, Term
from portal.search.engines.database import rows
from portal.search.vocabulary.statistics import SHORTEST, counted, rarity

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
# Of every term in every language. A prefix is of letters, digits and marks only.
STEMS = """
    SELECT language, words, prefix,
        CASE WHEN prefix THEN to_tsquery(name::regconfig, quote_literal(words) || ':*')
            ELSE phraseto_tsquery(name::regconfig, words) END::text
    FROM unnest(%s::text[], %s::boolean[]) AS term (words, prefix),
        unnest(%s::text[], %s::text[]) AS configuration (language, name)
"""

# Of one language: term to text of a `tsquery`, empty where no word is left of it.
Stems = Mapping[tuple[str, bool], str]


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
    Return the expression in the stems of each language in which any word is left; two statements.

    Remembered, for a search asks again and again and a reader turns pages.
    """
    words = [
        Term((word,), prefix=term.prefix) for term in expression.terms() for word in term.words
    ]
    stems = _stems([*words, *expression.terms(), *expression.excluded])
    cards, total = counted({term.words[0].casefold() for term in words})
    each = [
        (
            {language: _any_of(terms, own) for language, own in stems.items()},
            weight * max(_telling(cards, terms, total)),
        )
        for alternatives in telling(expression.required)
        for added, weight in ((False, 1.0), (True, SYNONYM_WEIGHS))
        if (terms := [term for term in alternatives if term.added == added])
    ]
    return Stemmed(
        _left({language: _whole(expression, own) for language, own in stems.items()}),
        _left({language: _any_of(words, own) for language, own in stems.items()}),
        [(_left(texts), weight) for texts, weight in each],
    )


def _telling(cards: Mapping[str, int], terms: Sequence[Term], total: int) -> Iterator[float]:
    """Say how much each typed word says of a card; for uncounted ones, short and rare, a guess."""
    for word in terms[0].words:
        uncounted = 0 if len(word) >= SHORTEST else total // UNCOUNTED
        yield rarity(cards.get(word.casefold(), uncounted), total)


def _stems(terms: Iterable[Term]) -> dict[str, dict[tuple[str, bool], str]]:
    """Return by language what is left of each term, or of its words where these are apart."""
    plain = list(dict.fromkeys(_name(part) for term in terms for part in _parts(term)))
    stems: dict[str, dict[tuple[str, bool], str]] = {language: {} for language in CONFIGURATIONS}
    columns = [*zip(*plain, strict=True), CONFIGURATIONS.keys(), CONFIGURATIONS.values()]
    for language, words, prefix, text in rows(STEMS, [list(column) for column in columns]):
        # Of a stop word nothing is left, and no stem is kept either.
        is_word = text and not prefix and " " not in words
        # Whatever the card's language, it may have a title in another.
        kept = query_stems(words).values() if is_word else ()
        stems[language][words, prefix] = " | ".join([text, *(f"'{each}'" for each in kept)])
    return stems


def _parts(term: Term) -> Sequence[Term]:
    return [Term((word,)) for word in term.words] if term.apart else [term]


def _name(term: Term) -> tuple[str, bool]:
    return " ".join(term.words), term.prefix


def _left(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


def _whole(expression: Expression, stems: Stems) -> str:
    required = _joined(" & ", (_any_of(one, stems) for one in telling(expression.required)))
    excluded = _any_of(expression.excluded, stems)
    # What is left of nothing is nothing: stop words alone with an exclusion find no card.
    return f"({required}) & !({excluded})" if required and excluded else required


def _any_of(terms: Iterable[Term], stems: Stems) -> str:
    each = (_joined(" & ", (stems[_name(part)] for part in _parts(term))) for term in terms)
    return _joined(" | ", each)


def _joined(operator: str, texts: Iterable[str]) -> str:
    """Return these queries as one, without those of which nothing is left."""
    return operator.join(f"({text})" for text in dict.fromkeys(texts) if text)


def by_language(texts: Mapping[str, str], otherwise: str) -> tuple[str, list[str]]:
    """Return the query of the language of the card `c`; `otherwise` where no word is left in it."""
    whens = [f"WHEN '{code}' THEN %s::tsquery" for code in texts if code]
    last = "%s::tsquery" if "" in texts else otherwise
    params = [text for code, text in texts.items() if code] + ([texts[""]] if "" in texts else [])
    if not whens:
        return f"({last})", params
    return f"CASE c.language {' '.join(whens)} ELSE {last} END", params
