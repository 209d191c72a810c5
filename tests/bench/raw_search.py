"""
The limit of a faceted search: the cheapest thing that does the same job on the same database.

A table of its own holds texts, address and six facets as plain columns, under the database's own
full-text index in one language. A search is one statement for the top 20 by the database's own
rank with its own highlight of title and body, and one that counts the six facets over the
matches. It knows no circles, no other languages, no syntax, no chosen values, no labels and no
stable order among equals; whatever is typed goes to the database as it stands.
"""

# ruff: noqa: S608 - statements are put together from constants alone; every value is a parameter

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection

from tests.bench.cards_data import FACETS, FILTERS

if TYPE_CHECKING:
    from portal.search.cards import CardData

COLUMNS = ("id", *FACETS, "url", "title", "summary", "body")
QUOTED = ", ".join(f'"{name}"' for name in COLUMNS)

SQLITE_TABLES = f"""
    CREATE TABLE raw_card (id INTEGER PRIMARY KEY,
        {", ".join(f'"{name}" text' for name in COLUMNS[1:])});
    CREATE INDEX raw_facets ON raw_card (id, {", ".join(f'"{name}"' for name in FACETS)});
    CREATE VIRTUAL TABLE raw_fts USING fts5(title, summary, body, content='raw_card',
        content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
"""
POSTGRESQL_TABLES = f"""
    CREATE TABLE raw_card (id integer PRIMARY KEY,
        {", ".join(f'"{name}" text' for name in COLUMNS[1:])},
        vector tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('english', title), 'A') ||
            setweight(to_tsvector('english', summary), 'B') ||
            setweight(to_tsvector('english', body), 'C')) STORED);
    CREATE INDEX raw_vector ON raw_card USING gin (vector);
"""
_COUNTS = " UNION ALL ".join(
    f"SELECT '{name}', \"{name}\", count(*) FROM matches GROUP BY 2" for name in FACETS
)
_FACETS = ", ".join(f'r."{name}"' for name in FACETS)
_FILTERS = "".join(
    f' AND r."{name}" IN ({", ".join(f"{value!r}" for value in values)})'
    for name, values in FILTERS.items()
)
SQLITE_MATCHES = (
    "raw_fts CROSS JOIN raw_card r INDEXED BY raw_facets ON r.id = raw_fts.rowid"
    " WHERE raw_fts MATCH %s{filters}"
)
SQLITE_TOP = (
    "SELECT r.url, highlight(raw_fts, 0, '<mark>', '</mark>'),"
    " snippet(raw_fts, 2, '<mark>', '</mark>', '…', 40)"
    " FROM raw_fts CROSS JOIN raw_card r ON r.id = raw_fts.rowid WHERE raw_fts MATCH %s"
    " AND raw_fts.rowid IN (SELECT raw_fts.rowid FROM {top}"
    " ORDER BY bm25(raw_fts, 10.0, 4.0, 1.0) LIMIT 20)"
    " ORDER BY bm25(raw_fts, 10.0, 4.0, 1.0)"
)
POSTGRESQL_MATCHES = "raw_card r WHERE r.vector @@ websearch_to_tsquery('english', %s){filters}"
POSTGRESQL_TOP = (
    "SELECT url, ts_headline('english', title, q, 'HighlightAll=true'),"
    " ts_headline('english', body, q, 'MaxFragments=2, MaxWords=20, MinWords=10') FROM"
    " (SELECT r.*, websearch_to_tsquery('english', %s) AS q FROM {matches}"
    " ORDER BY ts_rank(r.vector, websearch_to_tsquery('english', %s)) DESC LIMIT 20) AS top"
)


def fill(cards: Iterable["CardData"]) -> None:
    """Make the table and its index, and put these cards in."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in (SQLITE_TABLES if sqlite else POSTGRESQL_TABLES).split(";")[:-1]:
            cursor.execute(statement)
        insert = f"INSERT INTO raw_card ({QUOTED}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
        remaining = map(_row, cards)
        while batch := list(islice(remaining, 2_000)):
            cursor.executemany(insert, batch)
        if sqlite:
            cursor.execute("INSERT INTO raw_fts(raw_fts) VALUES ('rebuild')")
            cursor.execute("INSERT INTO raw_fts(raw_fts) VALUES ('optimize')")


def top(word: str, *, filtered: bool = False) -> Sequence[Any]:
    """The first twenty with their highlights: one statement."""
    filters = _FILTERS if filtered else ""
    if connection.vendor == "sqlite":
        inner = (
            SQLITE_MATCHES.format(filters=filters) if filtered else "raw_fts WHERE raw_fts MATCH %s"
        )
        return _rows(SQLITE_TOP.format(top=inner), [word, word])
    matches = POSTGRESQL_MATCHES.format(filters=filters)
    return _rows(POSTGRESQL_TOP.format(matches=matches), [word] * 3)


def counts(word: str, *, filtered: bool = False) -> Sequence[Any]:
    """Six facets counted over the matches, straight from their rows: one statement."""
    source = SQLITE_MATCHES if connection.vendor == "sqlite" else POSTGRESQL_MATCHES
    matches = source.format(filters=_FILTERS if filtered else "")
    return _rows(
        f"WITH matches AS MATERIALIZED (SELECT {_FACETS} FROM {matches}) {_COUNTS}", [word]
    )


def _row(card: "CardData") -> list[Any]:
    own = {"kind": card.kind, "language": card.language, "group": card.group, "state": card.state}
    facets = [own[name] if name in own else card.facets[name][0] for name in FACETS]
    return [int(card.key), *facets, card.url, card.title, card.summary, card.body]


def _rows(sql: str, params: Sequence[Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
