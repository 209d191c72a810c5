"""
The engine of PostgreSQL: a stored `tsvector` per card, stemmed by the card's own language.

A reader's words are stemmed once in each language (`tsqueries`), and each card is matched with
those of its own: so stop words, exclusions and phrases mean what they mean in that language.
"""

# ruff: noqa: S608 - statements are put together from constants alone; every value is a parameter

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from portal.search.engines.completion import Titled
from portal.search.engines.database import DatabaseEngine, Sought, rows, with_stems_marked
from portal.search.engines.found import EXCERPT_LENGTH, EXCERPT_WORDS, Found
from portal.search.highlights import START, STOP, excerpt
from portal.search.likeness import Telling
from portal.search.models import Card
from portal.search.query import NEWEST, RELEVANCE, TITLE
from portal.search.stemming import kept_languages, query_stems
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
ORDERS = {
    RELEVANCE: "c.date DESC NULLS LAST, c.id DESC",
    NEWEST: "c.date DESC NULLS LAST, c.id DESC",
    TITLE: "lower(coalesce(nullif(c.title, ''), c.context)), c.id",
}
# Weights of D, C, B, A: as the other engine's of body, summary and title.
WEIGHTS = "{0.1, 0.1, 0.4, 1.0}"
# ts_headline drops what looks like a tag, so angle brackets go through it in disguise.
OPEN, CLOSE = "\x04", "\x05"
LONGEST_EXCERPTED = 30_000
_MARKS = f"StartSel={START}, StopSel={STOP}"
HIGHLIGHTED_WHOLE = f"HighlightAll=true, {_MARKS}"
HIGHLIGHTED_EXCERPT = (
    f'MaxFragments=2, MinWords=10, MaxWords={EXCERPT_WORDS // 2}, FragmentDelimiter=" … ", {_MARKS}'
)
SHOWN = (
    'c.id, c.kind, c.key, c.url, c.language, c."group", c.state, c.date, c.context,'
    f" left(c.body, {EXCERPT_LENGTH})"
)
# As the migration 0005_completion_and_spelling indexes it.
_PUNCTUATION = "!\"#$%%&''()*+,-./:;<=>?@[\\]^_`{|}~"
TITLE_WORDS = (
    f"to_tsvector('portal_any'::regconfig, translate(c.title, '{_PUNCTUATION}', repeat(' ', 32)))"
)


class PostgreSQLEngine(DatabaseEngine):
    def counts(self, sought: Sought) -> dict[int, int]:
        where, params = _where(sought)
        return dict(
            rows(
                f"SELECT c.facet_set_id, count(*) FROM search_card c WHERE {where}"
                " GROUP BY c.facet_set_id",
                params,
            )
        )

    def page(
        self, sought: Sought, admitted: Sequence[int], sort: str, limit: int, offset: int
    ) -> Sequence[Found]:
        where, params = _where(sought)
        order = ORDERS[sort]
        order_params: list[Any] = []
        shown, shown_params = "title, summary", []
        if sought.expression is not None:
            if sort == RELEVANCE:
                cases, order_params = _by_language(tsqueries(sought.expression), "NULL")
                evened, factors = _evened(sought.expression)
                order = f"ts_rank('{WEIGHTS}', c.vector, {cases}){evened} DESC, c.id DESC"
                order_params = [*order_params, *factors]
            shown, shown_params = _highlighted(sought.expression)
        found = rows(
            f"SELECT {SHOWN}, {shown} FROM"
            f" (SELECT c.*, row_number() OVER (ORDER BY {order}) AS place FROM search_card c"
            f" WHERE ({where}) AND c.facet_set_id = ANY(%s)"
            f" ORDER BY {order} LIMIT %s OFFSET %s) AS c ORDER BY place",
            [*shown_params, *order_params, *params, list(admitted), *order_params, limit, offset],
        )
        cards = [_found(row) for row in found]
        if sought.expression is not None:
            cards = [_excerpted(with_stems_marked(one, sought.expression)) for one in cards]
        return cards

    def cards(self, ids: Sequence[int]) -> Sequence[Found]:
        found = rows(
            f"SELECT {SHOWN}, title, summary FROM search_card c WHERE c.id = ANY(%s)", [list(ids)]
        )
        return [_found(row) for row in found]

    def titled(
        self, words: Sequence[str], visible_to: Sequence[str], limit: int
    ) -> Sequence[Titled]:
        *whole, begun = [f"'{word}'" for word in words]
        found = rows(
            "SELECT c.title, c.url, c.kind, c.language, c.date FROM search_card c"
            " JOIN search_facetset s ON s.id = c.facet_set_id"
            f" WHERE c.title <> '' AND {TITLE_WORDS} @@ to_tsquery('portal_any', %s)"
            " AND s.visible_to = ANY(%s) LIMIT %s",
            [" & ".join([*whole, f"{begun}:*"]), list(visible_to), limit],
        )
        return [Titled(*row) for row in found]

    def alike(
        self,
        words: Sequence[Telling],
        card: Card,
        kinds: Sequence[str],
        visible_to: Sequence[str],
        limit: int,
    ) -> Sequence[tuple[int, int, float]]:
        configuration = CONFIGURATIONS.get(card.language, CONFIGURATIONS[""])
        # Word by word, for each is answered by the index alone, and `ts_rank` knows no rarity.
        each = " UNION ALL ".join(
            [
                "SELECT id, facet_set_id, kind, %s::real AS weight FROM search_card"
                " WHERE vector @@ plainto_tsquery(%s::regconfig, %s)"
            ]
            * len(words)
        )
        return rows(
            f"SELECT c.id, c.facet_set_id, sum(c.weight) AS likeness FROM ({each}) AS c"
            " JOIN search_facetset s ON s.id = c.facet_set_id"
            " WHERE c.id <> %s AND c.kind = ANY(%s) AND s.visible_to = ANY(%s)"
            " GROUP BY c.id, c.facet_set_id ORDER BY likeness DESC, c.id DESC LIMIT %s",
            [
                *(param for word, weight in words for param in (weight, configuration, word)),
                *[card.pk, list(kinds), list(visible_to), limit],
            ],
        )

    def optimise(self) -> None:
        """Merge pending entries of the index and let the planner know the new sizes."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_card_vector')")
            cursor.execute("ANALYZE search_card")


@lru_cache(maxsize=256)
def tsqueries(expression: Expression, *, any_word: bool = False) -> dict[str, str]:
    """
    Language to the expression in its stems, as text of a `tsquery`; only where any word is left.

    With `any_word`, any single word that may be found, for highlighting. Remembered, for a search
    asks three times and a reader turns pages.
    """
    columns, params = [], []
    for language in CONFIGURATIONS:
        if any_word:
            words = [
                Term((word,), prefix=term.prefix)
                for term in expression.terms()
                for word in term.words
            ]
            sql, own = _any_of(words, language)
        else:
            sql, own = _expression_sql(expression, language)
        columns.append(f"({sql})::text")
        params += own
    (texts,) = rows(f"SELECT {', '.join(columns)}", params)
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


def _highlighted(expression: Expression) -> tuple[str, list[Any]]:
    """Title, summary and an excerpt of the body of the card `c`, with sentinels."""
    words, params = _by_language(tsqueries(expression, any_word=True), "''")
    configuration = " ".join(
        f"WHEN '{code}' THEN '{name}'::regconfig" for code, name in CONFIGURATIONS.items() if code
    )
    configuration = f"CASE c.language {configuration} ELSE 'portal_any'::regconfig END"
    # Where more words are still to be marked, the excerpt is made afterwards.
    how = (
        f"CASE WHEN c.language = ANY(%s) THEN '{HIGHLIGHTED_WHOLE}'"
        f" ELSE '{HIGHLIGHTED_EXCERPT}' END"
    )
    columns = ", ".join(
        f"ts_headline({configuration}, translate({text}, '<>', '{OPEN}{CLOSE}'), {words}, {how})"
        for text, how in (
            ("c.title", f"'{HIGHLIGHTED_WHOLE}'"),
            ("c.summary", f"'{HIGHLIGHTED_WHOLE}'"),
            (f"left(c.body, {LONGEST_EXCERPTED})", how),
        )
    )
    return columns, [*params * 3, list(kept_languages())]


def _evened(expression: Expression) -> tuple[str, list[Any]]:
    """
    What the rank is multiplied by: of a single word or any of several, `ts_rank` is the mean, and
    languages with kept stems ask for each word twice.
    """
    if len(expression.required) != 1:
        return "", []
    stems = [query_stems(word) for term in expression.terms() for word in term.words]
    factors = {
        language: 1 + sum(language in own for own in stems) / len(stems)
        for language in kept_languages()
    }
    whens = " ".join("WHEN %s THEN %s" for _ in factors)
    return (
        f" * CASE c.language {whens} ELSE 1 END",
        [value for pair in factors.items() for value in pair],
    )


def _where(sought: Sought) -> tuple[str, list[Any]]:
    """A condition on the card `c`."""
    where, params = _matches(sought.expression)
    if sought.since is not None:
        where, params = f"{where} AND c.entered > %s", [*params, sought.since]
    return where, params


def _matches(expression: Expression | None) -> tuple[str, list[Any]]:
    """A condition on the card `c`, of its index alone: its vector names its language, as "=fr"."""
    if expression is None:
        return "true", []
    branches = [f"({text}) & '={code or 'other'}'" for code, text in tsqueries(expression).items()]
    return ("c.vector @@ %s::tsquery", [" | ".join(branches)]) if branches else ("false", [])


def _by_language(texts: Mapping[str, str], otherwise: str) -> tuple[str, list[str]]:
    """The query of the language of the card `c`; `otherwise` where no word is left in it."""
    whens = [f"WHEN '{code}' THEN %s::tsquery" for code in texts if code]
    last = "%s::tsquery" if "" in texts else otherwise
    params = [text for code, text in texts.items() if code] + ([texts[""]] if "" in texts else [])
    if not whens:
        return f"({last})", params
    return f"CASE c.language {' '.join(whens)} ELSE {last} END", params


def _found(row: Sequence[Any]) -> Found:
    found = Found(*row)
    return found._replace(
        title=_undisguised(found.title),
        summary=_undisguised(found.summary),
        excerpt=_undisguised(found.excerpt),
    )


def _excerpted(one: Found) -> Found:
    if one.language not in kept_languages():
        return one
    return one._replace(excerpt=excerpt(one.excerpt, EXCERPT_WORDS))


def _undisguised(text: str) -> str:
    return text.replace(OPEN, "<").replace(CLOSE, ">")
