"""R21: three nodes, one of which is killed while cards are searched, written and indexed anew."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connections

from portal.search.cards import put_many, remove
from portal.search.circuit_breaker import breaker
from portal.search.elastic import indices
from portal.search.elastic.delivery import deliver_due
from portal.search.elastic.rebuild import rebuild_index
from portal.search.engines import get_engine
from portal.search.models import Card, OutboxRow
from portal.search.query import SearchQuery
from tests import real_elasticsearch
from tests.portal.search.factories import card, put_card

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

CARDS = 10_000
# Each of these words is in a twentieth of all cards; writers touch none of those.
WORDS = [f"{letter}olivin" for letter in "abcdefghijklmnopqrst"]
SEARCHERS = 2
# Between two searches of one reader: a load that the machine of the nodes can carry.
PAUSE_SECONDS = 0.05


class Readers:
    """
    People who search without pause; what they were told is counted.

    `answered` by Elasticsearch, `simpler` by the database, `failed`: an error, or not as many cards
    as there are.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.slowest = 0.0
        self.over = threading.Event()

    @contextmanager
    def reading(self) -> Iterator["Readers"]:
        threads = [threading.Thread(target=self._read) for _ in range(SEARCHERS)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def _read(self) -> None:
        try:
            while not self.over.is_set():
                for word in WORDS:
                    began = time.monotonic()
                    self._search(word)
                    self.slowest = max(self.slowest, time.monotonic() - began)
                    self.over.wait(PAUSE_SECONDS)
        finally:
            connections.close_all()

    def _search(self, word: str) -> None:
        try:
            page = get_engine().search(SearchQuery(word))
        except Exception as error:
            self.errors[f"{type(error).__name__}: {error}"[:100]] += 1
            self.counts["failed"] += 1
            return
        if page.total != CARDS // len(WORDS) or not page.hits:
            self.errors[f"{page.total} of {word}, {page.simpler=}"] += 1
            self.counts["failed"] += 1
        else:
            self.counts["simpler" if page.simpler else "answered"] += 1


@contextmanager
def writing() -> Iterator[Counter[str]]:
    """Somebody who writes, hides and delivers cards without pause; how many turns it took."""
    over = threading.Event()
    turns: Counter[str] = Counter()

    def write() -> None:
        try:
            while not over.is_set():
                turn = turns["turns"]
                put_card(f"Lively {turn}", key=f"lively-{turn % 300}")
                if turn % 3 == 0:
                    remove("guide", f"lively-{(turn + 150) % 300}")
                if turn % 10 == 0:
                    deliver_due()
                turns["turns"] += 1
                time.sleep(0.01)
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield turns
    finally:
        over.set()
        thread.join()


@pytest.fixture
def nodes(settings):
    if real_elasticsearch.home() is None:
        pytest.skip("ELASTICSEARCH_HOME names no Elasticsearch")
    nodes = real_elasticsearch.cluster(3)
    settings.ELASTICSEARCH_URL = [node.url for node in nodes]
    settings.ELASTICSEARCH_INDEX = "r21-cards"
    settings.ELASTICSEARCH_SHARDS = 3
    settings.ELASTICSEARCH_REPLICAS = "0-1"
    breaker.succeeded()
    Card.objects.all().delete()
    put_many(
        card(f"Guide {number}", key=str(number), body=WORDS[number % len(WORDS)])
        for number in range(CARDS)
    )
    call_command("rebuild_search", "--index-only", verbosity=0)
    OutboxRow.objects.all().delete()
    yield nodes
    breaker.succeeded()
    for node in nodes:
        node.remove()


def caught_up() -> None:
    """Deliver until nothing waits, as the server's own thread would in time."""
    deadline = time.monotonic() + 240
    while OutboxRow.objects.exists():
        assert time.monotonic() < deadline, list(OutboxRow.objects.values()[:5])
        deliver_due()
        time.sleep(1)


def differences() -> dict[str, set[str]]:
    """Keys that Elasticsearch lacks, has too many, or has with another title than the table."""
    from portal.search.elastic.client import get_client

    held: dict[str, str] = {}
    (index,) = indices.live()
    after: list = []
    while True:
        page = get_client().search(
            index=index,
            size=5_000,
            sort=[{"key": "asc"}],
            source=["key", "title"],
            **({"search_after": after} if after else {}),
        )
        assert page["_shards"]["failed"] == 0
        hits = page["hits"]["hits"]
        if not hits:
            break
        after = hits[-1]["sort"]
        held |= {hit["_source"]["key"]: hit["_source"]["title"]["en"] for hit in hits}
    table = dict(Card.objects.values_list("key", "title"))
    return {
        "missing": table.keys() - held.keys(),
        "too many": held.keys() - table.keys(),
        "old": {key for key in table.keys() & held.keys() if table[key] != held[key]},
    }


def alike() -> dict[str, set[str]]:
    return {"missing": set(), "too many": set(), "old": set()}


def report(what: str, readers: Readers, turns: Counter[str]) -> None:
    print(
        f"\n{what}: {readers.counts['answered']} answered, {readers.counts['simpler']} simpler, "
        f"{readers.counts['failed']} failed, slowest {readers.slowest:.2f} s; "
        f"{turns['turns']} changes; {dict(readers.errors) or 'no error'}"
    )


@pytest.mark.parametrize("ends", ["killed", "stopped"])
def test_a_node_that_ends_during_a_rebuild(nodes, ends):
    """No search fails, the rebuild ends well, no card is missing; nor once the node is back."""
    before = indices.live()
    with Readers().reading() as readers, writing() as turns:
        rebuilding = rebuild_index()
        while next(rebuilding) < CARDS / 3:
            pass
        nodes[0].kill() if ends == "killed" else nodes[0].stop()
        for _ in rebuilding:
            pass
        after = indices.live()
        nodes[0].start()
        nodes[0].wait(3)
        time.sleep(3)
    report(f"a node {ends} during a rebuild", readers, turns)
    caught_up()
    assert readers.counts["failed"] == 0, readers.errors
    assert readers.counts["answered"] > 100
    assert len(after) == 1
    assert after != before
    assert turns["turns"] > 100
    assert differences() == alike()
    assert indices.leftovers() == []


def test_a_node_that_is_killed_while_nothing_is_rebuilt(nodes):
    with Readers().reading() as readers, writing() as turns:
        time.sleep(3)
        nodes[1].kill()
        time.sleep(8)
        nodes[1].start()
        nodes[1].wait(3)
        time.sleep(3)
    report("a node killed under search", readers, turns)
    caught_up()
    assert readers.counts["failed"] == 0, readers.errors
    assert readers.counts["answered"] > 100
    assert differences() == alike()


def test_all_nodes_stopped_and_started(nodes):
    """The database answers meanwhile, and what changes is caught up with."""
    with Readers().reading() as readers, writing() as turns:
        time.sleep(2)
        for node in nodes:
            node.kill()
        time.sleep(8)
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait(3)
        time.sleep(3)
    report("all nodes killed and started", readers, turns)
    caught_up()
    assert readers.counts["failed"] == 0, readers.errors
    assert readers.counts["simpler"] > 0
    assert differences() == alike()
