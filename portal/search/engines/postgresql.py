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

from portal.search.engines.database import EXCERPT_WORDS, DatabaseEngine, rows
from portal.search.highlights import START, STOP
from portal.search.query import NEWEST, RELEVANCE, TITLE
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


class PostgreSQLEngine(DatabaseEngine):
    def counts(self, expression: Expression | None) -> dict[int, int]:
        where, params = _matches(expression)
        return dict(
            rows(
                f"SELECT c.facet_set_id, count(*) FROM search_card c WHERE {where}"
                " GROUP BY c.facet_set_id",
                params,
            )
        )

    def page_ids(
        self,
        expression: Expression | None,
        admitted: Sequence[int],
        sort: str,
        limit: int,
        offset: int,
    ) -> list[int]:
        where, params = _matches(expression)
        order = ORDERS[sort]
        order_params: list[str] = []
        if expression is not None and sort == RELEVANCE:
            cases, order_params = _by_language(tsqueries(expression), "%s::tsquery", "NULL")
            order = f"ts_rank('{WEIGHTS}', c.vector, {cases}) DESC, c.id DESC"
        found = rows(
            f"SELECT c.id FROM search_card c WHERE ({where}) AND c.facet_set_id = ANY(%s)"
            f" ORDER BY {order} LIMIT %s OFFSET %s",
            [*params, list(admitted), *order_params, limit, offset],
        )
        return [pk for (pk,) in found]

    def highlights(
        self, expression: Expression, ids: Sequence[int]
    ) -> Mapping[int, tuple[str, str, str]]:
        words, params = _by_language(tsqueries(expression, any_word=True), "%s::tsquery", "''")
        configuration = " ".join(
            f"WHEN '{code}' THEN '{name}'::regconfig" for code, name in CONFIGURATIONS.items()
        )
        marks = f"StartSel={START}, StopSel={STOP}"
        whole = f"HighlightAll=true, {marks}"
        excerpt = (
            f"MaxFragments=2, MinWords=10, MaxWords={EXCERPT_WORDS // 2},"
            f' FragmentDelimiter=" … ", {marks}'
        )
        found = rows(
            "SELECT id,"
            " ts_headline(configuration, translate(title, '<>', %s), words, %s),"
            " ts_headline(configuration, translate(summary, '<>', %s), words, %s),"
            " ts_headline(configuration, translate(left(body, %s), '<>', %s), words, %s)"
            " FROM (SELECT c.*,"
            f" CASE c.language {configuration} ELSE 'portal_any'::regconfig END AS configuration,"
            f" {words} AS words FROM search_card c WHERE c.id = ANY(%s)) AS found",
            [
                *[OPEN + CLOSE, whole] * 2,
                *[LONGEST_EXCERPTED, OPEN + CLOSE, excerpt],
                *params,
                list(ids),
            ],
        )
        return {pk: tuple(map(_undisguised, texts)) for pk, *texts in found}  # type: ignore[misc]

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
    for configuration in CONFIGURATIONS.values():
        if any_word:
            words = [
                Term((word,), prefix=term.prefix)
                for term in expression.terms()
                for word in term.words
            ]
            sql, own = _any_of(words, configuration)
        else:
            sql, own = _expression_sql(expression, configuration)
        columns.append(f"({sql})::text")
        params += own
    (texts,) = rows(f"SELECT {', '.join(columns)}", params)
    return {code: text for code, text in zip(CONFIGURATIONS, texts, strict=True) if text}


def _expression_sql(expression: Expression, configuration: str) -> tuple[str, list[Any]]:
    required = [_any_of(terms, configuration) for terms in expression.required]
    sql = " && ".join(f"({part})" for part, _ in required)
    params = [param for _, own in required for param in own]
    if expression.excluded:
        excluded, own = _any_of(expression.excluded, configuration)
        # What is left of nothing is nothing: stop words alone with an exclusion find no card.
        sql = f"CASE WHEN numnode({sql}) = 0 THEN ''::tsquery ELSE ({sql}) && !!({excluded}) END"
        params = [*params, *params, *own]
    return sql, params


def _any_of(terms: Sequence[Term], configuration: str) -> tuple[str, list[Any]]:
    parts, params = [], []
    for term in terms:
        words = " ".join(term.words)
        if term.prefix:
            parts.append("to_tsquery(%s::regconfig, %s)")
            words = f"'{words}':*"  # letters, digits and marks only
        else:
            parts.append("phraseto_tsquery(%s::regconfig, %s)")
        params += [configuration, words]
    return " || ".join(parts), params


def _matches(expression: Expression | None) -> tuple[str, list[Any]]:
    """A condition on the card `c`, of its index alone: its vector names its language, as "=fr"."""
    if expression is None:
        return "true", []
    branches = [f"({text}) & '={code or 'other'}'" for code, text in tsqueries(expression).items()]
    return ("c.vector @@ %s::tsquery", [" | ".join(branches)]) if branches else ("false", [])


def _by_language(texts: Mapping[str, str], sql: str, otherwise: str) -> tuple[str, list[str]]:
    whens = [f"WHEN '{code}' THEN {sql}" for code in texts if code]
    last = sql if "" in texts else otherwise
    params = [text for code, text in texts.items() if code] + ([texts[""]] if "" in texts else [])
    if not whens:
        return f"({last})", params
    return f"CASE c.language {' '.join(whens)} ELSE {last} END", params


def _undisguised(text: str) -> str:
    return text.replace(OPEN, "<").replace(CLOSE, ">")
