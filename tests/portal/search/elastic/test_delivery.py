"""How changes come to a real Elasticsearch, and what happens where they do not."""

import logging
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import time_machine

from portal.search import outbox
from portal.search.cards import put, put_many, remove
from portal.search.elastic import bulk, delivery, indices
from portal.search.elastic.delivery import REFUSALS, Tally, deliver_due, retry_failed
from portal.search.elastic.documents import document_id, document_of
from portal.search.elastic.lag import condition
from portal.search.models import OutboxRow
from tests.portal.search.factories import card, put_card

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = timedelta(minutes=3)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def refused(monkeypatch):
    """Elasticsearch refuses the cards with these keys: they have a field that no index knows."""
    keys: set[str] = set()

    def document(card, terms, visible_to):
        surplus = {"nonsense": "secret words"} if card.key in keys else {}
        return {**document_of(card, terms, visible_to), **surplus}

    monkeypatch.setattr(bulk, "document_of", document)
    return keys


class Nonsense(BaseHTTPRequestHandler):
    """Whatever it is asked, it answers that all is well, in HTML."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<p>Welcome</p>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def nonsense(settings):
    server = HTTPServer(("127.0.0.1", 0), Nonsense)
    Thread(target=server.serve_forever).start()
    settings.ELASTICSEARCH_URL = [f"http://127.0.0.1:{server.server_port}"]
    yield
    server.shutdown()
    server.server_close()


class TestDelivered:
    def test_new_changed_and_taken_out(self, held):
        put_many([card("One", key="1"), card("Two", key="2")])
        assert deliver_due() == Tally(delivered=2)
        assert held() == {"1": "One", "2": "Two"}
        put_card("Two, changed", key="2")
        remove("guide", "1")
        deliver_due()
        assert held() == {"2": "Two, changed"}
        assert not OutboxRow.objects.exists()

    def test_many_changes_of_a_card_are_one(self, held):
        for number in range(4):
            put_card(f"Draft {number}", key="1")
        assert deliver_due() == Tally(delivered=1)
        assert held() == {"1": "Draft 3"}

    def test_more_than_a_batch(self, monkeypatch, held):
        monkeypatch.setattr(delivery, "BATCH", 3)
        put_many(card(f"Guide {number}", key=str(number)) for number in range(8))
        assert deliver_due().delivered == 8
        assert len(held()) == 8

    def test_no_further_batch_once_it_is_to_stop(self, monkeypatch, held):
        monkeypatch.setattr(delivery, "BATCH", 1)
        put_many([card(key="1"), card(key="2")])
        rounds = iter([False, True])
        assert deliver_due(stopped=lambda: next(rounds)).delivered == 1
        assert OutboxRow.objects.count() == 1

    def test_what_is_being_rebuilt_hears_of_it_too(self, elasticsearch, held):
        index = indices.new_name()
        indices.create(index, indices.building_alias())
        put_card(key="1")
        deliver_due()
        assert indices.count(index) == 1
        assert set(held()) == {"1"}

    def test_something_newer_stays(self, elasticsearch, held):
        put_card("Old", key="1")
        elasticsearch.index(
            index=indices.live()[0],
            id=document_id("guide", "1"),
            document={"key": "1", "title": {"en": "New"}},
            version=outbox.version_now(),
            version_type="external",
        )
        assert deliver_due() == Tally(delivered=1)
        assert held() == {"1": "New"}
        assert not OutboxRow.objects.exists()

    @pytest.mark.parametrize("then", ["changed", "taken out"])
    def test_who_is_late_changes_nothing(self, monkeypatch, held, then):
        """Two deliver the same card; the one that read it first is the last to send it."""
        put_card("Old", key="1")
        send = delivery.send

        def send_late(actions):
            monkeypatch.setattr(delivery, "send", send)
            if then == "changed":
                put_card("New", key="1")
            else:
                remove("guide", "1")
            deliver_due()
            return send(actions)

        monkeypatch.setattr(delivery, "send", send_late)
        deliver_due()
        assert held() == ({"1": "New"} if then == "changed" else {})
        assert not OutboxRow.objects.exists()


class TestIndices:
    def test_the_first_is_made_and_gets_every_card(self, elasticsearch, held):
        put_many([card("One", key="1")])
        OutboxRow.objects.all().delete()
        indices.discard(indices.live())
        assert deliver_due() == Tally(delivered=1)
        assert held() == {"1": "One"}

    def test_one_that_was_swapped_meanwhile_is_not_made_anew(
        self, monkeypatch, elasticsearch, held
    ):
        gone = f"{indices.search_alias()}-gone"
        writable = indices.writable
        answers = iter([[gone]])
        monkeypatch.setattr(indices, "writable", lambda: next(answers, None) or writable())
        put_card("One", key="1")
        assert deliver_due() == Tally(delivered=1)
        assert held() == {"1": "One"}
        assert not elasticsearch.indices.exists(index=gone)


class TestAway:
    def test_what_changes_waits_and_is_caught_up_with(self, settings, held, clock):
        address = settings.ELASTICSEARCH_URL
        settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]
        put_card("One", key="1")
        clock.shift(90)
        tally = deliver_due()
        assert tally == Tally(postponed=1, trouble="ConnectionError")
        assert condition() == {
            "engine": "elasticsearch",
            "waiting": 1,
            "lag_seconds": 90,
            "failed": 0,
        }
        settings.ELASTICSEARCH_URL = address
        assert deliver_due() == Tally(), "not due yet"
        clock.shift(LATER)
        assert deliver_due() == Tally(delivered=1)
        assert held() == {"1": "One"}
        assert condition()["lag_seconds"] == 0

    def test_nothing_is_given_up_however_long_it_lasts(self, nowhere, clock):
        put_card(key="1")
        for _ in range(delivery.MOST_ATTEMPTS + 5):
            deliver_due()
            clock.shift(LATER)
        row = OutboxRow.objects.get()
        assert not row.failed
        assert row.attempts == delivery.MOST_ATTEMPTS

    def test_away_with_nothing_waiting_is_told_all_the_same(self, nowhere):
        assert deliver_due() == Tally(trouble="ConnectionError")

    def test_nonsense_is_trouble(self, nonsense):
        put_card(key="1")
        assert deliver_due() == Tally(postponed=1, trouble="SerializationError")

    def test_nonsense_from_the_bulk_alone(self, monkeypatch, elasticsearch):
        put_many([card(key="1"), card(key="2")])
        monkeypatch.setattr(bulk, "streaming_bulk", lambda *_, **__: iter([(False, {"index": []})]))
        tally = deliver_due()
        assert tally.postponed == 2
        assert OutboxRow.objects.count() == 2

    def test_not_findable_is_not_delivered(self, monkeypatch, elasticsearch):
        refresh = indices.refresh
        monkeypatch.setattr(indices, "refresh", lambda names: refresh(names) and False)
        put_card(key="1")
        assert deliver_due() == Tally(postponed=1, trouble="not refreshed")


class TestRefused:
    def test_a_card_is_given_up_and_holds_up_no_other(self, refused, held, clock, caplog):
        refused.add("bad")
        put_many([card("Secret words", key="bad"), card("Good", key="good")])
        assert deliver_due() == Tally(delivered=1, postponed=1)
        for _ in range(REFUSALS - 1):
            clock.shift(LATER)
            with caplog.at_level(logging.INFO):
                tally = deliver_due()
        assert tally == Tally(failed=1)
        assert held() == {"good": "Good"}
        row = OutboxRow.objects.get()
        assert row.failed
        assert row.error == "strict_dynamic_mapping_exception"
        assert "ecret words" not in caplog.text
        assert condition()["failed"] == 1
        clock.shift(LATER)
        assert deliver_due() == Tally(), "given up"
        refused.clear()
        assert retry_failed() == 1
        assert deliver_due() == Tally(delivered=1)
        assert "bad" in held()

    def test_a_better_card_redeems_the_one_that_was_given_up(self, refused, held, clock):
        refused.add("bad")
        put_card("Bad", key="bad")
        for _ in range(REFUSALS):
            deliver_due()
            clock.shift(LATER)
        assert condition()["failed"] == 1
        refused.clear()
        put(card("Better", key="bad"))
        deliver_due()
        assert held() == {"bad": "Better"}
        assert not OutboxRow.objects.exists()


def test_without_elasticsearch_the_database_is_told_as_the_engine(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        told = condition()
    assert told["engine"] in ("sqlite", "postgresql")
    assert told["waiting"] == told["failed"] == 0
