"""
The engine of the embedded database: FTS5, with its own `bm25` and `highlight`.

The statements say how they are to be run, for SQLite's planner knows nothing of a full-text
table's size: CROSS JOIN keeps the matches outside, INDEXED BY reads sets and dates without the
rows, and the `+` keeps the list of admitted sets from being probed for every match.
"""

# ruff: noqa: S608 - statements are put together from constants alone; every value is a parameter

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from portal.search.analysis.query_relaxation import WHOLE_WEIGHS, telling
from portal.search.analysis.stemming import index_stem, kept_languages, query_stems
from portal.search.analysis.syntax import Expression, Term
from portal.search.cards import HEADED
from portal.search.engines.completion import Titled
from portal.search.engines.database import (
    Alike,
    DatabaseEngine,
    Sought,
    rows,
    with_stems_marked,
)
from portal.search.engines.hits import EXCERPT_LENGTH, EXCERPT_WORDS, Found, in_utc
from portal.search.facet_counts import contents
from portal.search.highlights import START, STOP, excerpt
from portal.search.locking import let_writers_in
from portal.search.models import Card
from portal.search.query import NEWEST, RELEVANCE, TITLE
from portal.search.registry import weights
from portal.search.vocabulary.more_like_this import Telling

# A word in the title says more of a card than one in its summary, and that more than one in the
# text. Stems count for little: the word itself mostly counts beside them, and stems of a language
# that few cards are in are rare, which would put its cards before those of all others.
# Where the reader's language shows, its stems alone are looked for, and tell as much as words.
RANK = "bm25(search_card_fts, 10.0, 4.0, 1.0, 0.1)"
RANK_BY_STEMS = "bm25(search_card_fts, 10.0, 4.0, 1.0, 2.0)"
# What is in the language that the reader writes.
OWN_LANGUAGE_WEIGHS = 4.0
# What has title and summary alone in it: no more than a whole text.
HEADED_WEIGHS = 4.0
# What has the words as they were typed, beside what has a synonym.
TYPED_WEIGHS = 3.0
AMONG = (
    "search_card_fts.rowid IN (SELECT rowid FROM search_card_fts WHERE search_card_fts MATCH %s)"
)
ORDERS = {
    RELEVANCE: "c.date DESC, c.id DESC",
    NEWEST: "c.date DESC, c.id DESC",
    TITLE: "coalesce(nullif(c.title, ''), c.context) COLLATE NOCASE, c.id",
}
# In a twentieth of a second or so.
PAGES_MERGED = 200
MATCHES = (
    "search_card_fts CROSS JOIN search_card c{} ON c.id = search_card_fts.rowid"
    " WHERE search_card_fts MATCH %s"
)
SHOWN = (
    'c.id, c.kind, c.key, c.url, c.language, c."group", c.state, c.date, c.context,'
    " c.headings,"
    f" substr(c.body, 1, {EXCERPT_LENGTH})"
)


class SQLiteEngine(DatabaseEngine):
    def counts(self, sought: Sought) -> dict[int, int]:
        source, params = _source(sought)
        return dict(
            rows(f"SELECT c.facet_set_id, count(*) FROM {source} GROUP BY c.facet_set_id", params)
        )

    def page(
        self, sought: Sought, admitted: Sequence[int], sort: str, limit: int, offset: int
    ) -> Sequence[Found]:
        source, params = _source(sought)
        order, order_params = ORDERS[sort], list[Any]()
        if sought.expression is not None and sort == RELEVANCE:
            order, order_params = _order(sought, admitted)
        ids = [
            pk
            for (pk,) in rows(
                f"SELECT c.id FROM {source}"
                " AND +c.facet_set_id IN (SELECT value FROM json_each(%s))"
                f" ORDER BY {order} LIMIT %s OFFSET %s",
                [*params, json.dumps(admitted), *order_params, limit, offset],
            )
        ]
        found = self._marked(sought.expression, ids) if sought.expression else self._cards(ids)
        by_id = {one.id: one for one in found}
        return [by_id[pk] for pk in ids if pk in by_id]

    def _marked(self, expression: Expression, ids: Sequence[int]) -> Iterator[Found]:
        found = rows(
            f"SELECT {SHOWN}, highlight(search_card_fts, 0, %s, %s),"
            " highlight(search_card_fts, 1, %s, %s), highlight(search_card_fts, 2, %s, %s)"
            f" FROM {MATCHES.format('')} AND search_card_fts.rowid IN ({_places(ids)})",
            [*[START, STOP] * 3, match_of(expression), *ids],
        )
        for row in found:
            one = with_stems_marked(_found(row), expression)
            # FTS5's own `snippet` takes time in the square of the matches: half a minute for a
            # body of one word forty thousand times.
            yield one._replace(excerpt=excerpt(one.excerpt, EXCERPT_WORDS))

    def _cards(self, ids: Sequence[int]) -> Sequence[Found]:
        return [
            _found(row)
            for row in rows(
                f"SELECT {SHOWN}, c.title, c.summary FROM search_card c"
                f" WHERE c.id IN ({_places(ids)})",
                ids,
            )
        ]

    def titled(
        self, words: Sequence[str], visible_to: Sequence[str], limit: int
    ) -> Sequence[Titled]:
        *whole, begun = [f'"{word}"' for word in words]
        found = rows(
            "SELECT c.title, c.url, c.kind, c.language, c.date"
            " FROM search_title_fts CROSS JOIN search_card c ON c.id = search_title_fts.rowid"
            " WHERE search_title_fts MATCH %s AND +c.facet_set_id IN"
            f" (SELECT id FROM search_facetset WHERE visible_to IN ({_places(visible_to)}))"
            " ORDER BY search_title_fts.rowid DESC LIMIT %s",
            [" AND ".join([*whole, f"{begun}*"]), *visible_to, limit],
        )
        return [Titled(*row)._replace(date=in_utc(row[4])) for row in found]

    def alike(
        self,
        words: Sequence[Telling],
        card: Card,
        kinds: Sequence[str],
        visible_to: Sequence[str],
        limit: int,
    ) -> Sequence[Alike]:
        any_word = Expression((tuple(Term((word,)) for word, _ in words),))
        top = (
            f"SELECT c.id, -{RANK} AS likeness FROM {MATCHES.format('')} AND c.id <> %s"
            f" AND c.kind IN ({_places(kinds)}) AND +c.facet_set_id IN"
            f" (SELECT id FROM search_facetset WHERE visible_to IN ({_places(visible_to)}))"
            f" ORDER BY {RANK}, c.id DESC LIMIT %s"
        )
        found = rows(
            f"SELECT s.terms, top.likeness, {SHOWN}, c.title, c.summary FROM ({top}) AS top"
            " CROSS JOIN search_card c ON c.id = top.id"
            " CROSS JOIN search_facetset s ON s.id = c.facet_set_id",
            [match_of(any_word), card.pk, *kinds, *visible_to, limit],
        )
        return [Alike(_found(row), json.loads(terms), likeness) for terms, likeness, *row in found]

    def optimise(self) -> None:
        """Merge each index's segments into one, a step at a time, so that no writer waits long."""
        for table in ("search_card_fts", "search_title_fts", "search_word_fts"):
            pages = -PAGES_MERGED  # negative, to begin
            while _merge(table, pages):
                let_writers_in()
                pages = PAGES_MERGED


def _merge(table: str, pages: int) -> bool:
    """Merge segments until so many pages are written; whether anything was left to merge."""
    with connection.cursor() as cursor:
        before = cursor.connection.total_changes
        cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', %s)", [pages])
        # The statement itself is one change, as FTS5's documentation says.
        return bool(cursor.connection.total_changes - before > 1)


def _order(sought: Sought, admitted: Sequence[int]) -> tuple[str, list[Any]]:
    """Order by rank with the best first; what has all of the words counts for more."""
    assert sought.expression is not None
    languages = sought.expression.languages
    order = RANK_BY_STEMS if set(languages) & set(kept_languages()) else RANK
    params = []
    for wanted, weight in _weighed(languages):
        # By their sets, for to read the language or kind of each would be to read its row.
        sets = [key for key, (_, marks) in contents(admitted).items() if wanted.intersection(marks)]
        if sets:
            order += (
                " * CASE WHEN +c.facet_set_id IN (SELECT value FROM json_each(%s))"
                f" THEN {weight} ELSE 1 END"
            )
            params.append(json.dumps(sets))
    if any(term.added for term in sought.expression.terms()):
        order = f"{order} * CASE WHEN {AMONG} THEN {TYPED_WEIGHS} ELSE 1 END"
        params.append(match_of(sought.expression.as_typed()))
    if sought.asked:
        order = f"{order} * CASE WHEN {AMONG} THEN {WHOLE_WEIGHS} ELSE 1 END"
        params.append(match_of(sought.asked))
    return f"{order}, c.id DESC", params


def _weighed(languages: Sequence[str]) -> list[tuple[set[str], float]]:
    """List marks of any of which a card weighs more or less than others, and how much."""
    kinds = [({f"kind:{kind}"}, weight) for kind, weight in weights().items()]
    return [
        *kinds,
        ({f"language:{language}" for language in languages}, OWN_LANGUAGE_WEIGHS),
        ({f"{HEADED}:{language}" for language in languages}, HEADED_WEIGHS),
    ]


def match_of(expression: Expression) -> str:
    """
    Return an FTS5 query without words that say nothing, which PostgreSQL leaves out by itself.

    Every word stands in quotation marks, so none is an operator.
    """
    languages = expression.languages
    parts = [f"({_any_of(terms, languages)})" for terms in telling(expression.required)]
    required = " AND ".join(parts)
    if not expression.excluded:
        return required
    return f"({required}) NOT ({_any_of(expression.excluded, languages)})"


def _any_of(terms: Sequence[Term], languages: Sequence[str]) -> str:
    # `bm25` adds up all that is asked for: forms that the index stems alike would count twice.
    different: dict[tuple[tuple[str, ...], bool, bool], Term] = {}
    for term in terms:
        stems = tuple(index_stem(word) for word in term.words)
        different.setdefault((stems, term.prefix, term.apart), term)
    return " OR ".join(_term(term, languages) for term in different.values())


def _term(term: Term, languages: Sequence[str]) -> str:
    if term.added:
        languages = ()
    if term.apart:
        return f"({' AND '.join(f'({_word(word, languages)})' for word in term.words)})"
    if len(term.words) == 1 and not term.prefix:
        return _word(term.words[0], languages)
    words = " ".join(term.words)  # letters, digits and marks only
    return f'"{words}"*' if term.prefix else f'"{words}"'


def _word(word: str, languages: Sequence[str]) -> str:
    """
    Return the word as typed, or a stem of it in another language than English: those are like no
    typed word. Where `languages` are known, in no other.
    """
    stems = query_stems(word).items()
    tokens = [stem for language, stem in stems if not languages or language in languages]
    return " OR ".join(f'"{token}"' for token in (word, *tokens))


def _source(sought: Sought) -> tuple[str, list[Any]]:
    """Return the cards `c` that match, as what follows FROM; more conditions may follow it."""
    if sought.expression is None:
        source, params = "search_card c WHERE true", list[Any]()
    else:
        # When a card came in is read from its row, so there is nothing to gain by the index.
        index = "" if sought.since else " INDEXED BY search_card_match"
        source, params = MATCHES.format(index), [match_of(sought.expression)]
    if sought.since is not None:
        source += " AND c.entered > %s"
        params.append(connection.ops.adapt_datetimefield_value(sought.since))
    return source, params


def _found(row: Sequence[Any]) -> Found:
    return Found(*row)._replace(date=in_utc(row[7]))


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
