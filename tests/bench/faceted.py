"""
The portal's faceted search and its limit, in one process on one database, as `worker.py` says.

`python -m tests.bench.faceted` takes the database from DATABASE_URL and fills it where empty.
"""

import sys
import time
from collections.abc import Callable
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.core.management import call_command
from django.db import connection, transaction

from tests.bench import raw_search, worker
from tests.bench.cards_data import FACETS, FILTERS, SHARES, SIZE, cards, words_of


class Faceted:
    """The commands of this contestant."""

    def __init__(self) -> None:
        self.words = {share: cycle(words_of(share)) for share in SHARES}

    def load(self) -> None:
        """Have all the cards in both tables, and the planner know of them."""
        from portal.search.cards import in_batches, put_many
        from portal.search.engines import database_engine
        from portal.search.models import Card
        from portal.search.vocabulary.statistics import count_words

        call_command("migrate", verbosity=0)
        if Card.objects.count() < SIZE:
            with transaction.atomic():
                for batch in in_batches(cards(), 2_000):
                    put_many(batch)
                raw_search.fill(cards())
            count_words()
            database_engine().optimise()
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        for share, expected in SHARES.items():
            found = self._ours(share, filtered=False)().total
            assert 0.8 < found / (SIZE * expected) < 1.2, (share, found)
        worker.settle()

    def ours(self, share: str, repeat: int, filtered: bool = False) -> worker.Milliseconds:
        """Our search with six facets and highlights."""
        return _timed(self._ours(share, filtered), repeat)

    def limit(self, share: str, repeat: int, filtered: bool = False) -> worker.Milliseconds:
        """The same job by raw statements."""

        def act() -> None:
            word = next(self.words[share])
            assert raw_search.top(word, filtered=filtered)
            assert raw_search.counts(word, filtered=filtered)

        return _timed(act, repeat)

    def top(self, share: str, repeat: int) -> worker.Milliseconds:
        """The raw top 20 alone."""
        return _timed(lambda: raw_search.top(next(self.words[share])), repeat)

    def complete(self, repeat: int) -> worker.Milliseconds:
        """Titles by two letters, which begin words of very many."""
        from portal.search.engines import database_engine

        engine = database_engine()
        return _timed(lambda: engine.complete("ex"), repeat)

    def similar(self, repeat: int) -> worker.Milliseconds:
        """Guides like another."""
        from portal.search.engines import database_engine

        engine = database_engine()
        keys = cycle(range(20, SIZE, 20))
        return _timed(lambda: engine.similar("guide", str(next(keys))), repeat)

    def misspelt(self, repeat: int) -> worker.Milliseconds:
        """A search for a word that nothing has, with another spelling looked for."""
        from portal.search.engines import database_engine
        from portal.search.query import SearchQuery

        engine = database_engine()

        def act() -> None:
            assert engine.search(SearchQuery("survelliance")).suggestion

        return _timed(act, repeat)

    def elastic(self, share: str, repeat: int) -> worker.Milliseconds:
        """Our search by Elasticsearch."""
        return _passing(lambda: self._elastic(next(self.words[share])), repeat)

    def elastic_request(self, share: str, repeat: int) -> worker.Milliseconds:
        """The very request that our search sends, by Elasticsearch's own client."""
        from portal.search.elastic.client import get_client
        from portal.search.elastic.indices import search_alias

        client, index = get_client(), search_alias()

        def act() -> None:
            body = self._body(next(self.words[share]))
            assert client.search(index=index, body=body)["hits"]["hits"]

        return _passing(act, repeat)

    @cache  # noqa: B019 - there is one, as long as its process
    def _body(self, word: str) -> Any:
        from portal.search.elastic.searcher import Questions

        asked: list[Any] = []
        one = Questions.one

        def listening(questions: Questions, body: Any) -> Any:
            asked.append(body)
            return one(questions, body)

        with mock.patch.object(Questions, "one", listening):
            self._elastic(word)
        (body,) = asked
        return body

    def _elastic(self, word: str) -> Any:
        from portal.search.elastic.engine import ElasticsearchEngine
        from portal.search.query import SearchQuery

        page = ElasticsearchEngine().search(SearchQuery(word, facets=FACETS))
        assert page.hits
        return page

    def _ours(self, share: str, filtered: bool) -> Callable[[], Any]:
        from portal.search.engines import database_engine, tsquery
        from portal.search.query import SearchQuery

        engine = database_engine()
        filters = FILTERS if filtered else {}

        def act() -> Any:
            # As if nobody had asked for this word before.
            tsquery.stemmed.cache_clear()
            return engine.search(
                SearchQuery(next(self.words[share]), filters=filters, facets=FACETS)
            )

        return act


def _timed(act: Callable[[], Any], repeat: int) -> worker.Milliseconds:
    """
    Milliseconds of processor time: of this process and, with PostgreSQL, of the one that serves it.
    """
    if connection.vendor == "sqlite":
        return worker.timed(act, repeat)
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()

    def spent() -> int:
        own = time.thread_time_ns()
        return own + int(Path(f"/proc/{server}/schedstat").read_text().split()[0])

    act()
    figures = []
    for _ in range(repeat):
        start = spent()
        act()
        figures.append((spent() - start) / 1e6)
    return figures


def _passing(act: Callable[[], Any], repeat: int) -> worker.Milliseconds:
    """Milliseconds that pass: Elasticsearch works in threads of another process."""
    act()
    figures = []
    for _ in range(repeat):
        start = time.perf_counter_ns()
        act()
        figures.append((time.perf_counter_ns() - start) / 1e6)
    return figures


def main() -> None:
    django.setup()
    faceted = Faceted()
    worker.serve(
        {
            name: getattr(faceted, name)
            for name in (
                *("load", "ours", "limit", "top", "complete", "similar", "misspelt"),
                *("elastic", "elastic_request"),
            )
        }
    )


if __name__ == "__main__":
    sys.exit(main())
