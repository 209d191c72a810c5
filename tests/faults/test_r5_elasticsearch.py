"""R5: whatever becomes of Elasticsearch, readers are answered soon and no writer waits for it."""

import http.client
import json
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from portal.search.circuit_breaker import FAILURES
from tests import real_elasticsearch
from tests.faults.answering_server import CSRF, Server
from tests.portal.search.elastic.fake_server import FakeServer, hangs, says, sends, trickles

pytestmark = pytest.mark.faults

SECONDS = 2.0
# Elasticsearch starts, the breaker closes, what failed is due again: all by itself.
CATCHES_UP_SECONDS = 240
SIMPLER = "Search is simpler than usual"
MOODS = {
    "garbage": sends(b"\x00\xff garbage"),
    "a page": sends(b"<html>It works!</html>", kind="text/html", product=False),
    "errors": says({"error": "out of order"}, status=500),
    "a million hits": says({"hits": {"total": {"value": 1_000_000, "relation": "eq"}, "hits": []}}),
    "silence": hangs,
    "a byte now and then": trickles,
}


@dataclass
class Portal:
    """The portal on a real server, with one member who comments; keeps what each wait was."""

    server: Server
    path: str
    cookie: str
    slowest_search: float = 0.0
    slowest_comment: float = 0.0

    def request(self, method: str, path: str, body: str | None = None) -> tuple[int, str, float]:
        """Status, page, and after how many seconds."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {
            "Cookie": f"csrftoken={CSRF}; {self.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer.status, page, time.monotonic() - began

    def comment(self, word: str) -> None:
        """Post a comment with this word in it."""
        form = {
            "csrfmiddlewaretoken": CSRF,
            "body": f"We have considered {word} with care.",
            "language": "en",
            "submission_key": str(uuid.uuid4()),
        }
        status, page, seconds = self.request("POST", self.path, urlencode(form))
        assert status == 302, page[:2000]
        self.slowest_comment = max(self.slowest_comment, seconds)

    def search(self, word: str) -> tuple[bool, bool]:
        """Whether the word is found, and whether the page says that search is simpler."""
        status, page, seconds = self.request("GET", f"/en/search/?q={word}")
        assert status == 200
        self.slowest_search = max(self.slowest_search, seconds)
        return f"<mark>{word}</mark>" in page, SIMPLER in page

    def wait_until_all_is_well(self, words: list[str]) -> None:
        """Until Elasticsearch answers and finds each of these words; fails when that takes long."""
        began = time.monotonic()
        deadline = began + CATCHES_UP_SECONDS
        while time.monotonic() < deadline:
            if all(self.search(word) == (True, False) for word in words):
                print(f"all is well after {time.monotonic() - began:.0f} s")
                return
            time.sleep(0.5)
        raise AssertionError([(word, *self.search(word)) for word in words])

    def check_the_database_answers(self, words: list[str]) -> None:
        """Soon, with everything, and saying so."""
        self.slowest_search = 0.0
        for word in words:
            assert self.search(word) == (True, True)
        assert self.slowest_search <= SECONDS
        print(f"search at most {self.slowest_search:.2f} s")

    def check_comments_do_not_wait(self, words: list[str]) -> None:
        self.slowest_comment = 0.0
        for word in words:
            self.comment(word)
        assert self.slowest_comment <= SECONDS
        print(f"comment at most {self.slowest_comment:.2f} s")


@pytest.fixture
def node() -> Iterator[real_elasticsearch.Node]:
    """A node of its own, not yet started."""
    if real_elasticsearch.home() is None:
        pytest.skip("ELASTICSEARCH_HOME names no Elasticsearch")
    node = real_elasticsearch.Node()
    yield node
    node.remove()


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """The data of a portal with an open discussion; where it is, and who may comment there."""
    folder = tmp_path_factory.mktemp("made")
    server = Server(folder, workers=1)
    server.environment["ELASTICSEARCH_URL"] = ""
    server.manage("manage.py", "migrate", "--verbosity", "0")
    server.manage("manage.py", "create_site", "--verbosity", "0")
    return folder, json.loads(server.manage("-m", "tests.faults.commenter"))


@pytest.fixture
def portal(tmp_path, made, node) -> Iterator[Portal]:
    """The portal, running on a copy of that data, with `node` for its Elasticsearch."""
    folder, discussion = made
    shutil.copytree(folder, tmp_path / "data")
    server = Server(tmp_path / "data", workers=1)
    server.environment |= {"ELASTICSEARCH_URL": node.url, "ELASTICSEARCH_INDEX": "r5-cards"}
    with server.running():
        yield Portal(server, **discussion)


def check_nothing_is_missing(portal: Portal, node: real_elasticsearch.Node) -> None:
    """Every card is in Elasticsearch, and nothing waits."""
    report = portal.server.manage("manage.py", "search_outbox")
    assert "0 changes waiting" in report
    assert "0 refused" in report
    script = (
        "from portal.search.models import Card; from portal.search.elastic import indices;"
        "print(Card.objects.count(), *map(indices.count, indices.live()))"
    )
    cards, documents = portal.server.manage("manage.py", "shell", "-v0", "-c", script).split()
    assert cards == documents


@pytest.mark.parametrize("how", ["stopped", "killed", "paused"])
def test_a_node_that_goes_and_comes_back(portal, node, how):
    node.start()
    node.wait()
    portal.comment("zircon")
    portal.wait_until_all_is_well(["zircon"])

    {"stopped": node.stop, "killed": node.kill, "paused": node.pause}[how]()
    portal.check_the_database_answers(["zircon"] * 6)
    portal.check_comments_do_not_wait(["beryl", "topaz"])
    portal.check_the_database_answers(["beryl", "topaz", "zircon"])

    if how == "paused":
        node.resume()
    else:
        node.start()
    node.wait()
    portal.wait_until_all_is_well(["zircon", "beryl", "topaz"])
    check_nothing_is_missing(portal, node)


@pytest.mark.parametrize("mood", MOODS)
def test_whatever_else_stands_in_its_place(portal, node, mood):
    with FakeServer(MOODS[mood], node.port).running() as fake:
        portal.check_comments_do_not_wait(["agate"])
        # The first few ask it; who comes after is spared.
        portal.check_the_database_answers(["agate"] * 6)
        assert fake.searches >= FAILURES
        asked = fake.searches
        portal.check_the_database_answers(["agate"] * 3)
        assert fake.searches == asked
    if mood == "a byte now and then":
        node.start()
        node.wait()
        portal.wait_until_all_is_well(["agate"])
        check_nothing_is_missing(portal, node)
