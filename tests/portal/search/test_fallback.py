"""Whatever stands at Elasticsearch's address, the reader is answered, and soon."""

import copy
import logging
import threading
import time

import pytest

from portal.search.circuit_breaker import CLOSED, FAILURES, OPEN, TRYING, Breaker
from portal.search.elastic import deadline
from portal.search.elastic.deadline import Budget, ElasticsearchUnavailableError
from portal.search.engines import get_engine
from portal.search.fallback import FallbackEngine
from portal.search.models import OutboxRow
from portal.search.query import SearchQuery
from tests.portal.search.elastic.fake_server import (
    SOUND,
    FakeServer,
    drops,
    hangs,
    nobody,
    says,
    sends,
    trickles,
)
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db

FACETS = ("kind", "language")
MILLION = {"value": 1_000_000, "relation": "eq"}


def sound(**changes):
    """An answer that finds nothing, with some of it changed: `hits__total=…`."""
    answer = copy.deepcopy(SOUND)
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = answer
        for parent in parents:
            place = place[parent]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    return answer


def hit(**changes):
    return {"_id": "guide:a", "_score": 1.0, "sort": [1.0, 1], **changes}


ODD = {
    "garbage": sends(b"\x00\xff garbage"),
    "half of it": sends(b'{"took": 1, "hits": {"to'),
    "a page": sends(b"<html>It works!</html>", kind="text/html"),
    "a page, with an error": sends(b"<html>Bad gateway</html>", kind="text/html", status=502),
    "an error of its own": says({"error": {"type": "x"}, "status": 500}, status=500),
    "an error in no shape": says([], status=500),
    "no such index": says({"error": {"type": "index_not_found_exception"}}, status=404),
    "not allowed": says({}, status=403),
    "too many requests": says({}, status=429),
    "another product": says(SOUND, product=False),
    "nothing": sends(b""),
    "null": says(None),
    "a list": says([]),
    "a text": says("hits"),
    "an empty object": says({}),
    "no hits": says(sound(hits=...)),
    "hits in no shape": says(sound(hits=[])),
    "no document": says(sound(hits__total__value=1, hits__hits=[hit(_id=None)])),
    "no order": says(sound(hits__total__value=1, hits__hits=[hit(sort=[])])),
    "a row that is no number": says(sound(hits__total__value=1, hits__hits=[hit(sort=["1"])])),
    "odd highlights": says(sound(hits__total__value=1, hits__hits=[hit(highlight=[1])])),
    "odd highlights inside": says(
        sound(hits__total__value=1, hits__hits=[hit(highlight={"title.en": [1]})])
    ),
    "a part that failed": says(sound(_shards__failed=1)),
    "a part only": says(sound(timed_out=True)),
    "dropped connections": drops,
}
ODD_NUMBERS = {
    "no total": says(sound(hits__total=...)),
    "a total in no shape": says(sound(hits__total="many")),
    "a negative total": says(sound(hits__total__value=-1)),
    "a fraction": says(sound(hits__total__value=1.5)),
    "an estimate": says(sound(hits__total__relation="gte")),
    "a million, and none of them": says(sound(hits__total=MILLION)),
    "a million, and odd ones": says(sound(hits__total=MILLION, hits__hits=[{}] * 20)),
    "more than it counts": says(sound(hits__hits=[hit()])),
    "no counts": says(sound(aggregations=...)),
    "odd counts": says(sound(aggregations__others=3)),
    "none of the weighty": says(sound(aggregations={"matching": {"doc_count": 0}})),
    "odd values": says(
        sound(aggregations__others={"marks": {"buckets": [{"key": 3, "doc_count": 1}]}})
    ),
}
EVERY = ODD | ODD_NUMBERS


@pytest.fixture
def breaker():
    return Breaker()


@pytest.fixture
def engine(breaker):
    return FallbackEngine(breaker=breaker)


@pytest.fixture
def stands_there(settings, empty_index):
    """`stands_there(answer)` puts a server with that answer where Elasticsearch should be."""
    running = []

    def start(answer):
        server = FakeServer(answer)
        context = server.running()
        running.append(context)
        context.__enter__()
        settings.ELASTICSEARCH_URL = [server.url]
        return server

    put_card("Spyware", key="a")
    yield start
    for context in running:
        context.__exit__(None, None, None)


def check_answers(engine):
    page = engine.search(SearchQuery("spyware", facets=FACETS))
    assert [hit.key for hit in page.hits] == ["a"]
    assert page.hits[0].title == "<mark>Spyware</mark>"
    assert page.total == 1
    assert page.simpler
    assert [group.options[0].count for group in page.facets] == [1, 1]


class TestOddAnswers:
    @pytest.mark.parametrize("answer", EVERY.values(), ids=EVERY)
    def test_the_database_answers_and_says_so(self, engine, stands_there, answer):
        server = stands_there(answer)
        check_answers(engine)
        assert server.asked >= 1

    @pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
    def test_it_completes_and_compares_too(self, engine, stands_there, answer):
        stands_there(answer)
        put_card("Spyware by others", key="b", body="Spyware")
        assert [one.title for one in engine.complete("spyw")] == ["Spyware", "Spyware by others"]
        assert [hit.key for hit in engine.similar("guide", "a")] == ["b"]

    def test_an_answer_in_order_is_taken(self, engine, stands_there):
        """So that the above fail for what is odd about them, and for nothing else."""
        server = stands_there(says(sound()))
        page = engine.search(SearchQuery("", facets=FACETS))
        assert (page.total, page.simpler) == (0, False)
        assert server.asked == 1

    def test_cards_that_the_table_has_not_are_not_shown(self, engine, stands_there):
        found = [hit(highlight={"title.en": ["Forged"]}), hit(sort=[1, 999_999])]
        stands_there(says(sound(hits__total__value=2, hits__hits=found)))
        page = engine.search(SearchQuery(""))
        assert not page.simpler
        assert page.hits == []

    def test_refused_connections(self, engine, settings, stands_there):
        stands_there(says(SOUND))
        settings.ELASTICSEARCH_URL = [nobody()]
        check_answers(engine)

    def test_another_node_is_asked_where_one_refuses(self, engine, settings, stands_there):
        server = stands_there(says(sound()))
        settings.ELASTICSEARCH_URL = [nobody(), nobody(), server.url]
        for _ in range(6):
            assert not engine.search(SearchQuery("")).simpler
        assert server.asked == 6


class TestSlowAnswers:
    @pytest.mark.parametrize("answer", [hangs, trickles])
    def test_nobody_waits_longer_than_the_budget(self, engine, stands_there, answer):
        stands_there(answer)
        began = time.monotonic()
        check_answers(engine)
        assert time.monotonic() - began < 2

    def test_a_budget_counts_all_requests_of_a_search(self):
        now = [100.0]
        budget = Budget(0.8, clock=lambda: now[0])
        assert budget.left() == pytest.approx(0.8)
        now[0] += 0.5
        assert budget.left() == pytest.approx(0.3)
        now[0] += 5
        assert budget.left() == 0
        with pytest.raises(ElasticsearchUnavailableError):
            deadline.ask(lambda client: pytest.fail("asked after its time"), budget)

    def test_requests_left_behind_are_not_without_end(self, engine, stands_there, monkeypatch):
        monkeypatch.setattr(deadline, "_places", threading.BoundedSemaphore(2))
        server = stands_there(trickles)
        quick = FallbackEngine(seconds=0.2, breaker=Breaker(failures=100))
        for _ in range(5):
            check_answers(quick)
        assert server.asked == 2


class TestBreaker:
    @pytest.fixture
    def now(self):
        return [1_000.0]

    @pytest.fixture
    def breaker(self, now):
        return Breaker(clock=lambda: now[0])

    def test_after_some_failures_nobody_tries_for_a_while(self, engine, breaker, stands_there):
        server = stands_there(says({}, status=500))
        for _ in range(FAILURES + 5):
            check_answers(engine)
        assert server.asked == FAILURES
        assert breaker.state() == OPEN

    def test_then_one_does(self, engine, breaker, now, stands_there):
        server = stands_there(says({}, status=500))
        for _ in range(FAILURES):
            check_answers(engine)
        now[0] += 16
        for _ in range(5):
            check_answers(engine)
        assert server.asked == FAILURES + 1
        server.answer = says(sound())
        now[0] += 16
        assert not engine.search(SearchQuery("")).simpler
        assert breaker.state() == CLOSED

    def test_failures_between_successes_do_not_add_up(self, breaker):
        for _ in range(FAILURES * 2):
            breaker.failed()
            breaker.succeeded()
        assert breaker.allows()

    def test_of_many_threads_one_tries(self, breaker, now):
        for _ in range(FAILURES):
            breaker.failed()
        assert not breaker.allows()
        now[0] += 16
        allowed = []
        threads = [
            threading.Thread(target=lambda: allowed.append(breaker.allows())) for _ in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert allowed.count(True) == 1
        assert breaker.state() == TRYING

    def test_who_tries_and_never_reports_holds_nobody_up_for_ever(self, breaker, now):
        for _ in range(FAILURES):
            breaker.failed()
        now[0] += 16
        assert breaker.allows()
        assert not breaker.allows()
        now[0] += 16
        assert breaker.allows()

    def test_a_question_that_is_refused_is_no_failure(self, engine, breaker, stands_there):
        stands_there(says({"error": {"type": "too_many_nested_clauses"}}, status=400))
        for _ in range(FAILURES + 1):
            check_answers(engine)
        assert breaker.state() == CLOSED


def test_where_too_many_changes_wait_the_database_answers(engine, breaker, stands_there):
    server = stands_there(says(sound()))
    for number in range(501):
        put_card(f"Drone {number}")
    assert OutboxRow.objects.count() > 500
    check_answers(engine)
    assert server.asked == 0
    assert breaker.state() == CLOSED


def test_logs_tell_no_words(engine, stands_there, caplog):
    stands_there(sends(b"unheard-of secret words"))
    with caplog.at_level(logging.DEBUG, logger="portal"):
        engine.search(SearchQuery("spyware of mine"))
    assert "did not answer" in caplog.text
    assert "spyware" not in caplog.text
    assert "secret" not in caplog.text


def test_the_engine_is_chosen_by_the_setting(settings):
    settings.ELASTICSEARCH_URL = []
    assert not isinstance(get_engine(), FallbackEngine)
    settings.ELASTICSEARCH_URL = ["http://elasticsearch.example:9200"]
    assert isinstance(get_engine(), FallbackEngine)
