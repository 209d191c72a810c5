"""What `/health/ready` tells an operator."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.search import circuit_breaker as breaking
from portal.search.models import OutboxRow
from tests.portal.search.elastic.fake_server import SOUND, FakeServer, hangs, nobody, says

DEGRADED = "degraded: the database answers in place of Elasticsearch"


@pytest.fixture
def ready(client, db):
    return lambda: client.get("/health/ready").json()


def waiting(seconds: int, **fields) -> None:
    then = timezone.now() - timedelta(seconds=seconds)
    OutboxRow.objects.create(kind="guide", key="1", added_at=then, due_at=then, **fields)


def test_without_elasticsearch_the_database_searches(ready):
    assert ready()["search"] == "ok"
    assert ready()["search_engine"] == connection.vendor


class TestElasticsearch:
    @pytest.fixture(autouse=True)
    def named(self, settings, monkeypatch):
        self.breaker = breaking.Breaker()
        monkeypatch.setattr("portal.health.breaker", self.breaker)
        with FakeServer(says(SOUND)).running() as self.server:
            settings.ELASTICSEARCH_URL = [self.server.url]
            yield

    def test_all_is_well(self, ready):
        waiting(5)
        assert ready() == {
            "status": "ready",
            "database": "up",
            "mail": "ok",
            "consultations": "ok",
            "search": "ok",
            "limits": "ok",
            "search_engine": "elasticsearch",
            "search_lag_seconds": 5,
        }

    def test_it_is_late(self, ready):
        waiting(600)
        assert ready()["search"] == "look at manage.py search_outbox"

    def test_it_refused_something(self, ready):
        waiting(0, failed=True)
        assert ready()["search"] == "look at manage.py search_outbox"

    def test_it_does_not_answer(self, ready):
        while self.breaker.allows():
            self.breaker.failed()
        assert ready()["search"] == DEGRADED

    def test_it_was_killed_and_nobody_has_searched_since(self, ready, settings):
        waiting(600)
        settings.ELASTICSEARCH_URL = [nobody()]
        assert (ready()["status"], ready()["search"]) == ("ready", DEGRADED)

    @pytest.mark.parametrize("answer", [hangs, says({}, status=403), says({}, status=404)])
    def test_it_gives_no_answer_to_a_search(self, ready, answer):
        self.server.answer = answer
        assert (ready()["status"], ready()["search"]) == ("ready", DEGRADED)


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
@pytest.mark.parametrize("host", ["10.0.0.5:8000", "127.0.0.1", "[::1]:8000"])
def test_whoever_watches_may_ask_by_any_address(db, settings, path, host):
    settings.ALLOWED_HOSTS = ["portal.example"]
    assert Client(HTTP_HOST=host).get(path).status_code == 200
    assert Client(HTTP_HOST=host).get("/en/").status_code == 400


def test_a_process_lives_without_a_database(client):
    assert client.get("/health/live").json() == {"status": "live"}
