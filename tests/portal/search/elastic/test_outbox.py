"""Which changes are entered for Elasticsearch, and in which order."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from portal.search import outbox
from portal.search.cards import put, put_many, remove, remove_many
from portal.search.models import Card, OutboxRow
from tests.portal.search.factories import card, put_card

pytestmark = pytest.mark.django_db


def entered() -> list[tuple[str, str]]:
    return list(OutboxRow.objects.order_by("id").values_list("kind", "key"))


@pytest.mark.usefixtures("nowhere")
class TestWhatIsEntered:
    def test_each_change_after_the_last(self):
        put_card(key="1")
        put_many([card(key="2"), card(key="1")])
        remove("guide", "2")
        assert entered() == [("guide", "1"), ("guide", "2"), ("guide", "1"), ("guide", "2")]

    def test_what_was_not_there_is_not_taken_out(self):
        put_many([card(key="1"), card(key="2")])
        OutboxRow.objects.all().delete()
        remove("guide", "3")
        remove_many("guide", ["2", "3"])
        remove_many("guide", [])
        assert entered() == [("guide", "2")]
        assert Card.objects.get().key == "1"

    def test_nothing_that_is_rolled_back(self):
        put_card(key="1")
        with transaction.atomic():
            put_card(key="2")
            remove("guide", "1")
            transaction.set_rollback(True)
        assert entered() == [("guide", "1")]

    def test_all_cards_together(self):
        put_many([card(key="1"), card(key="2")])
        OutboxRow.objects.all().delete()
        assert outbox.add_all() == 2
        assert entered() == [("guide", "1"), ("guide", "2")]

    def test_costs_one_statement(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            put_card()

    def test_the_worker_is_woken_once_it_is_committed(
        self, monkeypatch, django_capture_on_commit_callbacks
    ):
        woken = []
        monkeypatch.setattr(outbox.worker, "wake", lambda: woken.append(entered()))
        with django_capture_on_commit_callbacks(execute=True):
            put_card(key="1")
            assert woken == []
        assert woken == [[("guide", "1")]]


def test_nothing_where_there_is_no_elasticsearch(django_assert_num_queries):
    one = card(key="1")
    with django_assert_num_queries(2):
        put(one)
    with django_assert_num_queries(1):
        remove("guide", "1")
    assert entered() == []


@pytest.mark.usefixtures("nowhere")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ask", [outbox.version_now, outbox.add_all])
def test_a_version_waits_for_the_changes_that_are_being_made(ask):
    """A change that is committed later must not have a lower version than the card as it was."""
    put_card(key="other")
    written, done = Event(), Event()
    answers = []

    def ask_meanwhile() -> None:
        assert written.wait(20)
        ask()
        answers.append(OutboxRow.objects.order_by("id").values_list("id", flat=True).last())
        done.set()
        connection.close()

    asking = Thread(target=ask_meanwhile)
    asking.start()
    with transaction.atomic():
        put_card("A guide", key="1")
        written.set()
        assert not done.wait(0.5)
        put_card("A guide, changed", key="1")
        last = OutboxRow.objects.order_by("id").last()
    asking.join()
    assert answers[0] >= last.pk
    put_card("Changed again", key="1")
    assert OutboxRow.objects.order_by("id").last().pk > answers[0]


def test_versions_grow():
    first = outbox.version_now()
    assert outbox.version_now() > first
    assert not OutboxRow.objects.exists()
