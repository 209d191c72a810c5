"""
Elasticsearch in front, the database behind it.

No reader waits longer than `SECONDS` for Elasticsearch or hears of an error of it: the database
answers in its place, and its answer says that it is simpler.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from portal.front.tables import made_from_elsewhere
from portal.search.circuit_breaker import Breaker
from portal.search.circuit_breaker import breaker as of_this_process
from portal.search.elastic.deadline import ElasticsearchUnavailableError
from portal.search.elastic.engine import ElasticsearchEngine
from portal.search.engines import database_engine
from portal.search.engines.base import Engine
from portal.search.query import PUBLIC, Completion, Hit, SearchPage, SearchQuery

logger = logging.getLogger(__name__)
T = TypeVar("T")

SECONDS = 0.8


def is_answering(*, seconds: float = SECONDS) -> bool:
    """Say whether Elasticsearch, asked now, answers a search as a reader needs it in that time."""
    try:
        ElasticsearchEngine(seconds=seconds).search(SearchQuery(per_page=1))
    except ElasticsearchUnavailableError:
        return False
    return True


class FallbackEngine(Engine):
    """Asks Elasticsearch while it answers, and the database while it does not."""

    def __init__(self, *, seconds: float = SECONDS, breaker: Breaker = of_this_process) -> None:
        self._first = ElasticsearchEngine(seconds=seconds)
        self._breaker = breaker

    def search(self, query: SearchQuery) -> SearchPage:
        def simpler(engine: Engine) -> SearchPage:
            return replace(engine.search(query), simpler=True)

        return self._answered(lambda engine: engine.search(query), simpler)

    def complete(
        self, text: str, *, visible_to: Sequence[str] = (PUBLIC,), limit: int = 8
    ) -> list[Completion]:
        def answer(engine: Engine) -> list[Completion]:
            return engine.complete(text, visible_to=visible_to, limit=limit)

        return self._answered(answer, answer)

    def similar(
        self,
        kind: str,
        key: str,
        *,
        kinds: Sequence[str] = (),
        visible_to: Sequence[str] = (PUBLIC,),
        limit: int = 5,
    ) -> list[Hit]:
        def answer(engine: Engine) -> list[Hit]:
            return engine.similar(kind, key, kinds=kinds, visible_to=visible_to, limit=limit)

        return self._answered(answer, answer)

    def optimise(self) -> None:
        """Tidy up the database's index; Elasticsearch looks after its own."""
        database_engine().optimise()

    def _answered(self, first: Callable[[Engine], T], behind: Callable[[Engine], T]) -> T:
        made_from_elsewhere()  # Elasticsearch learns of a change when the page may be kept already
        if self._breaker.allows():
            try:
                answer = first(self._first)
            except ElasticsearchUnavailableError as error:
                if error.its_fault:
                    self._breaker.failed()
                # Never what was asked: a class names no one's words.
                cause = type(error.__cause__ or error).__name__
                logger.warning("Elasticsearch did not answer, the database does: %s", cause)
            else:
                self._breaker.succeeded()
                return answer
        return behind(database_engine())
