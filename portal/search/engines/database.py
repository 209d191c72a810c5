"""
What the two database engines share: from matches to a page of hits.

A search takes a fixed number of statements, whatever the rows, facets and filters:

1. how many matching cards each facet set has; from that come, in Python, the total, every facet's
   counts, and which sets the filters and the asker's circles admit (`tally.py`);
2. the ids of one page, among cards of the admitted sets;
3. those cards, and 4. their highlights.

A set holds the circle that may see it, so naming the admitted sets in the second statement also
keeps a card from everyone else, whatever is written between the two.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models.functions import Left
from django.utils.text import Truncator

from portal.search import registry
from portal.search.engines.base import Engine
from portal.search.highlights import START, marked
from portal.search.models import Card
from portal.search.query import Hit, SearchPage, SearchQuery
from portal.search.reading import read
from portal.search.syntax import Expression
from portal.search.tally import facet_group, tally_up

EXCERPT_WORDS = 40
EXCERPT_LENGTH = 400


class DatabaseEngine(Engine):
    """An engine over the table of cards; each vendor writes the three statements of its own."""

    @abstractmethod
    def counts(self, expression: Expression | None) -> dict[int, int]:
        """Facet set to number of cards that match; of all cards where there is no expression."""

    @abstractmethod
    def page_ids(
        self,
        expression: Expression | None,
        admitted: Sequence[int],
        sort: str,
        limit: int,
        offset: int,
    ) -> list[int]:
        """Ids of one page of the matching cards in the admitted sets, in order; ties go by id."""

    @abstractmethod
    def highlights(
        self, expression: Expression, ids: Sequence[int]
    ) -> Mapping[int, tuple[str, str, str]]:
        """Title, summary and an excerpt of the body of each card, with sentinels."""

    def search(self, query: SearchQuery) -> SearchPage:
        expression = read(query.text) if query.text.strip() else None
        # Words that ask for nothing (signs, exclusions alone) find nothing; no words find all.
        counts = self.counts(expression) if expression or expression is None else {}
        if expression and not counts and (beginning := expression.as_prefix()):
            # Nothing has the word itself, so the reader may not have finished it. Tried only
            # then: "use" should not bring "usual" where there is something about use.
            expression = beginning
            counts = self.counts(expression)
        tally = tally_up(counts, query)
        offset = (query.page - 1) * query.per_page
        hits: list[Hit] = []
        if offset < tally.total:
            ids = self.page_ids(expression, tally.admitted, query.sort, query.per_page, offset)
            hits = self._hits(expression, ids)
        return SearchPage(
            hits=hits,
            total=tally.total,
            page=query.page,
            pages=max(1, -(-tally.total // query.per_page)),
            facets=[
                facet_group(name, tally.values[name], query.filters.get(name, ()))
                for name in query.facets
            ],
        )

    def _hits(self, expression: Expression | None, ids: Sequence[int]) -> list[Hit]:
        cards = Card.objects.filter(pk__in=ids).values_list(
            "id",
            "kind",
            "key",
            "url",
            "language",
            "group",
            "state",
            "date",
            "context",
            "title",
            "summary",
            Left("body", EXCERPT_LENGTH),
        )
        marks = self.highlights(expression, ids) if expression else {}
        labels = {kind.key: str(kind.label) for kind in registry.all_kinds()}
        hits = {}
        for pk, kind, key, url, language, group, state, date, context, *texts in cards:
            title, summary, start = texts
            title, summary, excerpt = marks.get(pk, (title, summary, ""))
            if START not in summary and (START in excerpt or not summary):
                # Its own summary says more, unless the words stand in the body alone.
                summary = excerpt or Truncator(start).words(EXCERPT_WORDS, truncate="…")
            hits[pk] = Hit(
                kind=kind,
                kind_label=labels.get(kind, kind),
                key=key,
                title=marked(title or context),
                summary=marked(summary),
                url=url,
                language=language,
                group=group,
                state=state,
                date=date,
            )
        return [hits[pk] for pk in ids if pk in hits]


def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What a statement of an engine's own answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
