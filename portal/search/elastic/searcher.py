"""What is asked of Elasticsearch for one reader, request by request, within one budget."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from elasticsearch import Elasticsearch

from portal.search.analysis.query_relaxation import by_any_word, enough, loosened
from portal.search.analysis.syntax import MAX_LENGTH, Expression, parse
from portal.search.elastic import request_body
from portal.search.elastic.deadline import Budget, ask
from portal.search.elastic.indices import search_alias
from portal.search.elastic.parsing import (
    Answer,
    Page,
    read_many,
    read_page,
    read_spellings,
    read_total,
)
from portal.search.elastic.query_dsl import may_be_fuzzy
from portal.search.elastic.request_body import Body, Sought
from portal.search.query import SearchQuery

SPELLINGS = 3


class SecondTry(NamedTuple):
    """
    Other finds: with the last word only begun; with words that look like those typed; with half of
    the words, or any where that is next to nothing too, those that have all of them among them.
    Each None where there is none. `slips` is how many have words that look like all of those typed.
    """

    begun: Page | None = None
    alike: Page | None = None
    wider: Page | None = None
    slips: int = 0


class Questions:
    """Each method sends two requests at most; all raise ElasticsearchUnavailableError."""

    def __init__(self, budget: Budget, sought: Sought) -> None:
        self.budget = budget
        self.sought = sought

    def page(self, query: SearchQuery, expression: Expression | None) -> Page:
        """Return the page that is asked for."""
        body = request_body.search_body(query, expression, self.sought)
        return read_page(self.one(body), *request_body.window(query))

    def second_try(self, query: SearchQuery, expression: Expression, whole: Page) -> SecondTry:
        """
        Return what else there is for a reader where so few have the whole of the words.

        Nothing begun and nothing alike where anything has the words themselves, be it old: "use"
        should not bring "usual" where there is something about use.
        """
        bodies = {}
        if not whole.matching and not (self.sought.since and self._is_there(query, expression)):
            if beginning := expression.as_prefix():
                bodies["begun"] = request_body.search_body(query, beginning, self.sought)
            if may_be_fuzzy(expression):
                bodies["alike"] = request_body.search_body(
                    query, expression, self.sought, fuzzy=True
                )
        # What is new for a search has all of its words.
        if not self.sought.since and (wider := loosened(expression, found=whole.weighty)):
            for how, fewer in (("wider", wider), ("widest", by_any_word(expression))):
                if fewer:
                    bodies[how] = request_body.search_body(
                        query, expression, self.sought, fuzzy="alike" in bodies, wider=fewer
                    )
        answers = self.many([*bodies.values()])
        pages = [read_page(answer, *request_body.window(query)) for answer in answers]
        tries = {how: page for how, page in zip(bodies, pages, strict=True) if page.matching}
        alike, half = tries.get("alike"), tries.get("wider")
        some = half if half and enough(expression, half.weighty) else tries.get("widest", half)
        slips = alike.total if alike else 0
        if alike and some and not enough(expression, alike.weighty):
            alike = None  # what is alike stands in the other
        return SecondTry(tries.get("begun"), alike, some, slips)

    def suggestion(self, query: SearchQuery, expression: Expression, found: int) -> str:
        """Another way to spell the text that finds more than `found`; empty where there is none."""
        known = expression.known_words()
        words = dict.fromkeys(
            word.lower()
            for term in expression.terms()
            if not term.apart
            for word in term.words
            if word not in known
        )
        spellings = read_spellings(self.one(request_body.spelling_body([*words], SPELLINGS)))
        texts = [text for text in respellings(query.text, spellings) if parse(text)]
        bodies = [
            request_body.search_body(_bare(query), parse(text), self.sought) for text in texts
        ]
        totals = [read_total(answer) for answer in self.many(bodies)]
        return next((t for t, total in zip(texts, totals, strict=True) if total > found), "")

    def _is_there(self, query: SearchQuery, expression: Expression) -> bool:
        """Say whether anything has the words, whenever it came in."""
        sought = replace(self.sought, since=None)
        return read_total(self.one(request_body.search_body(_bare(query), expression, sought))) > 0

    def one(self, body: Body) -> Answer:
        """Return the answer to one request."""

        def call(client: Elasticsearch) -> object:
            return client.search(index=search_alias(), body=body | self._patience())

        return ask(call, self.budget)

    def many(self, bodies: Sequence[Body]) -> list[Answer]:
        """Return the answers to several requests, sent as one; none to none."""
        if not bodies:
            return []
        searches = [part for body in bodies for part in ({}, body | self._patience())]

        def call(client: Elasticsearch) -> object:
            return client.msearch(index=search_alias(), searches=searches)

        return read_many(ask(call, self.budget), len(bodies))

    def _patience(self) -> Body:
        """Elasticsearch is told when nobody waits any longer, so as not to go on for nothing."""
        return {"timeout": f"{1 + int(1000 * self.budget.left())}ms"}


def respellings(text: str, spellings: Mapping[str, Sequence[str]]) -> list[str]:
    """
    Return the text with its misspelt words replaced, signs kept: by the likeliest others first.

    `spellings` maps a word in lower case to others.
    """
    text = unicodedata.normalize("NFC", text[:MAX_LENGTH])
    texts = []
    for place in range(max(map(len, spellings.values()), default=0)):
        respelt = text
        for word, others in spellings.items():
            other = others[min(place, len(others) - 1)]
            # What comes from there is no template of replacements.
            pattern = rf"(?i)(?<!\w){re.escape(word)}(?!\w)"
            respelt = re.sub(pattern, other.replace("\\", ""), respelt)
        if respelt != text:
            texts.append(respelt)
    return list(dict.fromkeys(texts))


def _bare(query: SearchQuery) -> SearchQuery:
    return replace(query, facets=(), page=1, per_page=0)
