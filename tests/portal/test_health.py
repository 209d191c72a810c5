"""What `/health/ready` tells an operator."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.search import circuit_breaker as breaking
from portal.search.models import OutboxRow


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
        settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
        self.breaker = breaking.Breaker()
        monkeypatch.setattr("portal.health.breaker", self.breaker)

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
        assert ready()["search"] == "the database answers in place of Elasticsearch"


def test_a_process_lives_without_a_database(client):
    assert client.get("/health/live").json() == {"status": "live"}
