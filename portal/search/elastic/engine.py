"""
The engine over Elasticsearch, which mirrors the table of cards and lags behind it a little.

What is shown comes from the table: Elasticsearch says which cards, in which order, how many, and
where the words stand. A card that has changed since Elasticsearch heard of it, or has gone, or was
closed, waits in the outbox: it is left out of the question, so that it is in no result or count.
"""

from collections.abc import Sequence
from dataclasses import replace

from portal.search import outbox
from portal.search.analysis.query_analysis import read_query
from portal.search.analysis.syntax import Expression
from portal.search.elastic import request_body
from portal.search.elastic.deadline import Budget, NotForElasticsearchError
from portal.search.elastic.documents import document_id, field_of
from portal.search.elastic.parsing import Match, Page, read_matches
from portal.search.elastic.request_body import Sought
from portal.search.elastic.searcher import Questions
from portal.search.engines.base import Engine
from portal.search.engines.completion import Titled, completions, words_to_complete
from portal.search.engines.hits import Found, cards_found, hits_of
from portal.search.facet_counts import facet_group
from portal.search.models import Card
from portal.search.query import PUBLIC, Completion, Hit, SearchPage, SearchQuery

SECONDS = 10.0
# Leaving out so many makes every search dearer; the database is the better answer then.
MOST_WAITING = 500
# With so few found, another spelling may be worth a try.
NEXT_TO_NOTHING = 2
# Of those that begin as typed, so many are compared by their titles.
TITLES_COMPARED = 100


class ElasticsearchEngine(Engine):
    """
    Answers from Elasticsearch within `seconds`, else raises ElasticsearchUnavailableError.

    The database is asked in the caller's thread. Where more changes wait than can be left out, or
    a page lies deeper than Elasticsearch goes, that is a NotForElasticsearchError.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    def search(self, query: SearchQuery) -> SearchPage:
        expression = read_query(query)
        if expression is not None and not expression:
            # Signs, or exclusions alone: they ask for nothing.
            return _search_page(query, Page(0, 0, ()))
        questions = self._questions(query.visible_to, query)
        page = questions.page(query, expression)
        if expression is None:
            return _search_page(query, page)
        whole = page
        second = questions.second_try(query, expression, whole)
        page = second.begun or second.alike or second.wider or whole
        suggestion = ""
        # Who has not finished a word has not misspelt it; nor is what little is new to blame.
        if whole.matching <= NEXT_TO_NOTHING and not (second.begun or query.since):
            suggestion = questions.suggestion(query, expression, whole.total)
        return replace(
            _search_page(query, page, expression),
            suggestion=suggestion,
            others=page.total - (whole.total or second.slips) if page is second.wider else 0,
            respelt=bool(second.slips) and page is not second.begun,
        )

    def complete(
        self, text: str, *, visible_to: Sequence[str] = (PUBLIC,), limit: int = 8
    ) -> list[Completion]:
        words = words_to_complete(text)
        if not words:
            return []
        questions = self._questions(visible_to)
        body = request_body.completion_body(words, questions.sought, TITLES_COMPARED)
        found = _found(read_matches(questions.one(body)), visible_to)
        titles = [Titled(c.title, c.url, c.kind, c.language, c.date) for c in found]
        return completions(titles, text, limit)

    def similar(
        self,
        kind: str,
        key: str,
        *,
        kinds: Sequence[str] = (),
        visible_to: Sequence[str] = (PUBLIC,),
        limit: int = 5,
    ) -> list[Hit]:
        card = Card.objects.filter(kind=kind, key=key).first()
        if card is None or not (card.title or card.summary or card.body):
            return []
        questions = self._questions(visible_to)
        body = request_body.similar_body(
            [card.title, card.summary, card.body],
            language=card.language,
            own_id=document_id(kind, key),
            kinds=kinds or [kind],
            sought=questions.sought,
            size=limit,
        )
        return hits_of(_found(read_matches(questions.one(body)), visible_to))

    def _questions(self, visible_to: Sequence[str], query: SearchQuery | None = None) -> Questions:
        budget = Budget(self._seconds)
        return Questions(budget, Sought(visible_to, waiting(), query.since if query else None))


def waiting() -> list[str]:
    """
    Return the documents that Elasticsearch holds no longer as the table does; one statement.

    Raises NotForElasticsearchError where there are more than `MOST_WAITING`.
    """
    names = outbox.waiting(MOST_WAITING + 1)
    if len(names) > MOST_WAITING:
        raise NotForElasticsearchError("too many changes wait")
    return [document_id(kind, key) for kind, key in names]


def _found(matches: Sequence[Match], visible_to: Sequence[str]) -> list[Found]:
    """Return the matched cards as the table has them; who may not see some gets fewer."""
    cards = cards_found([match.card for match in matches], visible_to)
    return [
        card._replace(
            title=match.marked.get(field_of("title", card.language)) or card.title,
            summary=match.marked.get(field_of("summary", card.language)) or card.summary,
            excerpt=match.marked.get(field_of("body", card.language), ""),
        )
        for match in matches
        if (card := cards.get(match.card)) and document_id(card.kind, card.key) == match.document
    ]


def _search_page(
    query: SearchQuery, page: Page, expression: Expression | None = None
) -> SearchPage:
    if not page.matches and (query.page - 1) * query.per_page < page.total:
        raise NotForElasticsearchError("too deep")
    found = _found(page.matches, query.visible_to) if page.matches else []
    return SearchPage(
        hits=hits_of(found, expression),
        total=page.total,
        page=query.page,
        pages=max(1, -(-page.total // query.per_page)),
        facets=[
            facet_group(name, page.counts_of(name), query.filters.get(name, ()))
            for name in query.facets
        ],
    )
