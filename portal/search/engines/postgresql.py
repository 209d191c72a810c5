"""
The engine of PostgreSQL: a stored `tsvector` per card, stemmed by the card's own language and held
against what a reader seeks in that language (`tsquery.py`).
"""

# ruff: noqa: S608 - statements are put together from constants alone; every value is a parameter

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from portal.search.analysis.stemming import kept_languages
from portal.search.analysis.syntax import Expression
from portal.search.engines.completion import Titled
from portal.search.engines.database import (
    Alike,
    DatabaseEngine,
    Leader,
    Sought,
    rows,
    with_stems_marked,
)
from portal.search.engines.hits import EXCERPT_LENGTH, EXCERPT_WORDS, Found
from portal.search.engines.tsquery import CONFIGURATIONS, by_language, stemmed
from portal.search.engines.tsrank import matches, rank_of
from portal.search.highlights import START, STOP, excerpt
from portal.search.models import Card
from portal.search.query import NEWEST, RELEVANCE, TITLE
from portal.search.vocabulary.more_like_this import Telling

ORDERS = {
    RELEVANCE: "c.date DESC NULLS LAST, c.id DESC",
    NEWEST: "c.date DESC NULLS LAST, c.id DESC",
    TITLE: "lower(coalesce(nullif(c.title, ''), c.context)), c.id",
}
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
    " c.headings,"
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

    def leaders(self, sought: Sought, limit: int) -> tuple[dict[int, int], list[Leader]]:
        where, params = _where(sought)
        rank, rank_params = rank_of(sought)
        # Reading the rows of the matches takes most of the time, so they are read once for both.
        found = rows(
            "WITH matches AS MATERIALIZED"
            f" (SELECT c.id, c.facet_set_id, {rank} AS rank FROM search_card c WHERE {where})"
            " (SELECT facet_set_id, count(*), NULL AS rank FROM matches GROUP BY facet_set_id)"
            " UNION ALL"
            " (SELECT facet_set_id, id, rank FROM matches ORDER BY rank DESC, id DESC LIMIT %s)",
            [*rank_params, *params, limit],
        )
        counts = {facet_set: count for facet_set, count, rank in found if rank is None}
        leading = [Leader(pk, facet_set, rank) for facet_set, pk, rank in found if rank is not None]
        return counts, sorted(leading, key=lambda one: (-one.rank, -one.id))

    def page(
        self, sought: Sought, admitted: Sequence[int], sort: str, limit: int, offset: int
    ) -> Sequence[Found]:
        where, params = _where(sought)
        order = again = ORDERS[sort]
        rank, rank_params = "NULL", list[Any]()
        if sought.expression is not None and sort == RELEVANCE:
            rank, rank_params = rank_of(sought)
            order, again = "rank DESC, c.id DESC", "top.rank DESC, c.id DESC"
        # `+ 0` keeps the planner from looking every admitted set up in the index, where it is a
        # condition on few matches.
        top = (
            f"SELECT c.id, {rank} AS rank FROM search_card c"
            f" WHERE ({where}) AND c.facet_set_id + 0 = ANY(%s::bigint[])"
            f" ORDER BY {order} LIMIT %s OFFSET %s"
        )
        params = [*rank_params, *params, _array(admitted), limit, offset]
        return _shown(sought.expression, top, params, again)

    def led(
        self, expression: Expression, leaders: Sequence[Leader], admitted: Sequence[int]
    ) -> Sequence[Found]:
        top = (
            "SELECT c.id FROM search_card c"
            " WHERE c.id = ANY(%s) AND c.facet_set_id + 0 = ANY(%s::bigint[])"
        )
        ids = [one.id for one in leaders]
        return _shown(
            expression, top, [ids, _array(admitted)], "array_position(%s::bigint[], c.id)", [ids]
        )

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
    ) -> Sequence[Alike]:
        configuration = CONFIGURATIONS.get(card.language, CONFIGURATIONS[""])
        # Word by word, for each is answered by the index alone, and `ts_rank` knows no rarity.
        each = " UNION ALL ".join(
            [
                "SELECT id, facet_set_id, kind, %s::real AS weight FROM search_card"
                " WHERE vector @@ plainto_tsquery(%s::regconfig, %s)"
            ]
            * len(words)
        )
        top = (
            f"SELECT c.id, sum(c.weight) AS likeness FROM ({each}) AS c"
            " JOIN search_facetset s ON s.id = c.facet_set_id"
            " WHERE c.id <> %s AND c.kind = ANY(%s) AND s.visible_to = ANY(%s)"
            " GROUP BY c.id ORDER BY likeness DESC, c.id DESC LIMIT %s"
        )
        found = rows(
            f"SELECT s.terms, top.likeness, {SHOWN}, c.title, c.summary FROM ({top}) AS top"
            " JOIN search_card c ON c.id = top.id JOIN search_facetset s ON s.id = c.facet_set_id",
            [
                *(param for word, weight in words for param in (weight, configuration, word)),
                *[card.pk, list(kinds), list(visible_to), limit],
            ],
        )
        return [Alike(_found(row), json.loads(terms), likeness) for terms, likeness, *row in found]

    def optimise(self) -> None:
        """Merge pending entries of the index and let the planner know the new sizes."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_card_vector')")
            cursor.execute("ANALYZE search_card")


def _highlighted(expression: Expression) -> tuple[str, list[Any]]:
    """Title, summary and an excerpt of the body of the card `c`, with sentinels."""
    words, params = by_language(stemmed(expression).any_word, "''")
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


def _where(sought: Sought) -> tuple[str, list[Any]]:
    """Return a condition on the card `c`."""
    where, params = matches(sought.expression)
    if sought.since is not None:
        where, params = f"{where} AND c.entered > %s", [*params, sought.since]
    return where, params


def _array(numbers: Sequence[int]) -> str:
    """Write an array as PostgreSQL reads it: a list of thousands is slow to hand over as one."""
    return f"{{{','.join(map(str, numbers))}}}"


def _shown(
    expression: Expression | None,
    top: str,
    top_params: Sequence[Any],
    order: str,
    order_params: Sequence[Any] = (),
) -> Sequence[Found]:
    """Return the cards whose ids `top` yields; texts are read and marked for this page alone."""
    texts, params = _highlighted(expression) if expression else ("c.title, c.summary", [])
    cards = [
        _found(row)
        for row in rows(
            f"SELECT {SHOWN}, {texts} FROM ({top}) AS top JOIN search_card c ON c.id = top.id"
            f" ORDER BY {order}",
            [*params, *top_params, *order_params],
        )
    ]
    if expression is None:
        return cards
    return [_excerpted(with_stems_marked(one, expression)) for one in cards]


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
