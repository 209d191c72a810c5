"""
The engine of the embedded database: FTS5, with its own `bm25` and `highlight`.

The statements say how they are to be run, for SQLite's planner knows nothing of a full-text
table's size: CROSS JOIN keeps the matches outside, INDEXED BY reads sets and dates without the
rows, and the `+` keeps the list of admitted sets from being probed for every match.
"""

# ruff: noqa: S608 - statements are put together from constants alone; every value is a parameter

import json
from collections.abc import Mapping, Sequence

from django.db import connection

from portal.search.engines.database import EXCERPT_WORDS, DatabaseEngine, rows
from portal.search.highlights import START, STOP, excerpt
from portal.search.query import NEWEST, RELEVANCE, TITLE
from portal.search.syntax import Expression, Term

# A word in the title says more of a card than one in its summary, and that more than one in the
# text.
RELEVANCE_ORDER = "bm25(search_card_fts, 10.0, 4.0, 1.0), c.id DESC"
ORDERS = {
    RELEVANCE: "c.date DESC, c.id DESC",
    NEWEST: "c.date DESC, c.id DESC",
    TITLE: "coalesce(nullif(c.title, ''), c.context) COLLATE NOCASE, c.id",
}
MATCHES = (
    "search_card_fts CROSS JOIN search_card c INDEXED BY search_card_match"
    " ON c.id = search_card_fts.rowid WHERE search_card_fts MATCH %s"
)


class SQLiteEngine(DatabaseEngine):
    def counts(self, expression: Expression | None) -> dict[int, int]:
        if expression is None:
            return dict(
                rows("SELECT facet_set_id, count(*) FROM search_card GROUP BY facet_set_id")
            )
        return dict(
            rows(
                f"SELECT c.facet_set_id, count(*) FROM {MATCHES} GROUP BY c.facet_set_id",
                [match_of(expression)],
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
        order, params = ORDERS[sort], [json.dumps(admitted), limit, offset]
        source = "search_card c WHERE true"
        if expression is not None:
            source, params = MATCHES, [match_of(expression), *params]
            order = RELEVANCE_ORDER if sort == RELEVANCE else order
        found = rows(
            f"SELECT c.id FROM {source}"
            " AND +c.facet_set_id IN (SELECT value FROM json_each(%s))"
            f" ORDER BY {order} LIMIT %s OFFSET %s",
            params,
        )
        return [pk for (pk,) in found]

    def highlights(
        self, expression: Expression, ids: Sequence[int]
    ) -> Mapping[int, tuple[str, str, str]]:
        found = rows(
            "SELECT rowid, highlight(search_card_fts, 0, %s, %s),"
            " highlight(search_card_fts, 1, %s, %s), highlight(search_card_fts, 2, %s, %s)"
            " FROM search_card_fts WHERE search_card_fts MATCH %s"
            f" AND rowid IN ({', '.join(['%s'] * len(ids))})",
            [*[START, STOP] * 3, match_of(expression), *ids],
        )
        # FTS5's own `snippet` takes time in the square of the matches: half a minute for a body of
        # one word forty thousand times.
        return {
            pk: (title, summary, excerpt(body, EXCERPT_WORDS)) for pk, title, summary, body in found
        }

    def optimise(self) -> None:
        """Merge the index's segments into one."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_card_fts(search_card_fts) VALUES ('optimize')")


def match_of(expression: Expression) -> str:
    """An FTS5 query. Every word stands in quotation marks, so none is an operator."""
    required = " AND ".join(
        f"({' OR '.join(_quoted(term) for term in alternatives)})"
        for alternatives in expression.required
    )
    if not expression.excluded:
        return required
    return f"({required}) NOT ({' OR '.join(_quoted(term) for term in expression.excluded)})"


def _quoted(term: Term) -> str:
    words = " ".join(term.words)  # letters, digits and marks only
    return f'"{words}"*' if term.prefix else f'"{words}"'
