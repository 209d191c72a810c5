"""What engines find, as a reader gets to see it."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection
from django.utils.text import Truncator
from django.utils.translation import get_language

from portal.languages.addresses import in_language
from portal.search import registry
from portal.search.analysis.stemming import OF_HEADINGS, has_stem_in, stem
from portal.search.analysis.syntax import Expression
from portal.search.highlights import START, mark_words, marked
from portal.search.query import Hit

EXCERPT_WORDS = 40
EXCERPT_LENGTH = 400
# Asked by every search, so it is plain: a query set takes five times as long to put together.
FOUND = f"""
    SELECT c.id, c.kind, c.key, c.url, c.language, c."group", c.state, c.date, c.context,
        c.headings, substr(c.body, 1, {EXCERPT_LENGTH}), c.title, c.summary
    FROM search_card c JOIN search_facetset s ON s.id = c.facet_set_id
    WHERE c.id IN ({{}}) AND s.visible_to IN ({{}})
"""  # noqa: S608 - put together from constants alone; every value is a parameter


class Found(NamedTuple):
    """A card as an engine reads it, with sentinels; without words sought, `excerpt` is empty.

    `headings` are those of the row; `shown_in` is the language of the one that is shown.
    """

    id: int
    kind: str
    key: str
    url: str
    language: str
    group: str
    state: str
    date: datetime | None
    context: str
    headings: str
    beginning: str
    title: str
    summary: str
    excerpt: str = ""
    shown_in: str = ""


def cards_found(ids: Iterable[int], visible_to: Sequence[str]) -> dict[int, Found]:
    """Return the rows of these cards by id, of those that the circles may see; one statement."""
    ids = list(ids)
    if not ids:
        return {}
    places = (", ".join(["%s"] * len(values)) for values in (ids, visible_to))
    with connection.cursor() as cursor:
        cursor.execute(FOUND.format(*places), [*ids, *visible_to])
        found = (Found(*row) for row in cursor.fetchall())
        return {one.id: one._replace(date=in_utc(one.date)) for one in found}


def in_utc(date: datetime | None) -> datetime | None:
    """Return a date as a database gives it, aware: SQLite keeps UTC without saying so."""
    return date if date is None or date.tzinfo else date.replace(tzinfo=UTC)


def hits_of(found: Iterable[Found], expression: Expression | None = None) -> list[Hit]:
    """Return these as hits, in their order; of the words sought their titles are marked again."""
    labels = kind_labels()
    reader = get_language() or ""
    return [_hit(_headed(one, reader, expression), labels.get(one.kind, one.kind)) for one in found]


def _headed(one: Found, reader: str, expression: Expression | None) -> Found:
    """Return the card with title and summary in the reader's language, if it has them."""
    headings = json.loads(one.headings) if one.headings else {}
    if reader == one.language or reader not in headings:
        return one
    title, summary = headings[reader]
    if expression and reader in OF_HEADINGS:
        stems = {stem(word, reader) for term in expression.terms() for word in term.words} - {""}
        title, summary = (
            mark_words(text, lambda word: has_stem_in(word, reader, stems))
            for text in (title, summary)
        )
    return one._replace(title=title, summary=summary or one.summary, excerpt="", shown_in=reader)


def kind_labels() -> dict[str, str]:
    """Return what one of each kind is called."""
    return {kind.key: str(kind.label) for kind in registry.all_kinds()}


def _hit(one: Found, kind_label: str) -> Hit:
    summary = one.summary
    if START not in summary and (START in one.excerpt or not summary):
        # Its own summary says more, unless the words stand in the body alone.
        summary = one.excerpt or Truncator(one.beginning).words(EXCERPT_WORDS, truncate="…")
    return Hit(
        kind=one.kind,
        kind_label=kind_label,
        key=one.key,
        title=marked(one.title or one.context),
        summary=marked(summary),
        url=in_language(one.url),
        language=one.language,
        shown_in=one.shown_in or one.language,
        group=one.group,
        state=one.state,
        date=one.date,
        context=one.context if one.title else "",
    )
