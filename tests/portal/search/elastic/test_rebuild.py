"""A new index takes the old one's place: nothing is lost, and nothing old comes back."""

from threading import Event, Thread

import pytest
from django.db import connection

from portal.search.cards import put_many, remove
from portal.search.elastic import bulk, indices
from portal.search.elastic import rebuild as rebuilding
from portal.search.elastic.bulk import Fate, Result
from portal.search.elastic.delivery import deliver_due
from portal.search.elastic.documents import document_of
from portal.search.elastic.rebuild import RebuildFailedError, rebuild_index
from portal.search.models import Card, OutboxRow
from tests.portal.search.factories import card, put_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def ten(monkeypatch, held):
    """Ten cards that Elasticsearch has, and rebuilds that take them two by two."""
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    put_many(card(f"Guide {number}", key=str(number)) for number in range(10))
    deliver_due()
    return {str(number): f"Guide {number}" for number in range(10)}


@pytest.fixture
def after_reading(monkeypatch):
    """Have something done when the first cards were read and are about to be written."""

    def have_done(act) -> None:
        read = rebuilding._batches

        def batches():
            remaining = read()
            first = next(remaining)
            act()
            yield first
            yield from remaining

        monkeypatch.setattr(rebuilding, "_batches", batches)

    return have_done


def in_table() -> dict[str, str]:
    return dict(Card.objects.values_list("key", "title"))


def rebuild() -> int:
    *_, sent = rebuild_index()
    return sent


def test_swaps_a_whole_new_index_in(ten, held):
    (old,) = indices.live()
    assert rebuild() == 10
    (new,) = indices.live()
    assert new != old
    assert held() == ten
    assert indices.leftovers() == []


def test_brings_back_what_elasticsearch_lost(elasticsearch, ten, held):
    (index,) = indices.live()
    elasticsearch.delete_by_query(index=index, query={"match_all": {}}, refresh=True)
    rebuild()
    assert held() == ten


def test_the_old_is_searched_until_the_new_is_whole(ten, held):
    for _ in rebuild_index():
        assert held() == ten
    assert held() == ten


def test_changes_meanwhile_come_to_both(ten, held):
    rebuilding_it = rebuild_index()
    next(rebuilding_it)
    put_card("Guide 0, changed", key="0")
    put_card("Guide 9, changed", key="9")
    put_card("Guide 10", key="10")
    remove("guide", "1")
    remove("guide", "8")
    deliver_due()
    assert held() == in_table(), "the old"
    assert not OutboxRow.objects.exists()
    for _ in rebuilding_it:
        pass
    assert held() == in_table(), "the new"


def test_changes_that_wait_meanwhile_are_delivered_to_the_new(ten, held):
    rebuilding_it = rebuild_index()
    next(rebuilding_it)
    put_card("Guide 0, changed", key="0")
    remove("guide", "1")
    for _ in rebuilding_it:
        pass
    assert held()["0"] == "Guide 0"
    assert OutboxRow.objects.count() == 2, "so nobody trusts Elasticsearch with them"
    deliver_due()
    assert held() == in_table()


def test_what_was_read_before_a_change_does_not_replace_it(ten, held, after_reading):
    def change() -> None:
        put_card("Guide 0, changed", key="0")
        deliver_due()

    after_reading(change)
    rebuild()
    assert held()["0"] == "Guide 0, changed"


def test_what_was_read_before_it_was_taken_out_does_not_come_back(ten, held, after_reading):
    def take_out() -> None:
        remove("guide", "0")
        deliver_due()

    after_reading(take_out)
    rebuild()
    assert set(held()) == ten.keys() - {"0"}


def test_what_waited_before_is_there_and_waits_no_longer(ten, held):
    put_card("Guide 0, changed", key="0")
    OutboxRow.objects.update(failed=True)
    rebuild()
    assert held() == in_table()
    assert not OutboxRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_beside_busy_writers_the_index_ends_as_the_table(ten, held):
    """Somebody writes, hides and delivers all the time."""
    over = Event()
    turns = 0

    def write() -> None:
        nonlocal turns
        try:
            while not over.is_set():
                number = turns % 40
                put_card(f"Turn {turns}", key=str(number))
                if turns % 3 == 0:
                    remove("guide", str((number + 20) % 40))
                if turns % 5 == 0:
                    deliver_due()
                turns += 1
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            rebuild()
    finally:
        over.set()
        writer.join()
    deliver_due()
    assert turns > 20
    assert held() == in_table()
    assert len(indices.live()) == 1
    assert indices.leftovers() == []


def test_a_rebuild_that_begins_while_another_runs_takes_its_place(ten, held):
    first = rebuild_index()
    next(first)
    rebuild()
    with pytest.raises(RebuildFailedError, match="another rebuild"):
        list(first)
    assert len(indices.live()) == 1
    assert held() == ten


def test_what_a_rebuild_that_died_has_left_is_removed(ten):
    dead = indices.new_name()
    indices.create(dead, indices.building_alias())
    rebuild()
    assert indices.leftovers() == []
    assert dead not in indices.live()


def test_one_that_is_interrupted_leaves_nothing_behind(ten, held):
    before = indices.live()
    interrupted = rebuild_index()
    next(interrupted)
    interrupted.close()
    assert indices.live() == before
    assert indices.leftovers() == []


def test_trouble_that_lasts_leaves_the_old_one(monkeypatch, ten, held):
    before = indices.live()
    away = Result(Fate.POSTPONED, "ConnectionError")
    monkeypatch.setattr(rebuilding, "send", lambda actions: [away] * len(actions))
    with pytest.raises(RebuildFailedError, match="ConnectionError"):
        rebuild()
    assert indices.live() == before
    assert indices.leftovers() == []
    assert held() == ten


def test_trouble_that_passes_is_waited_out(monkeypatch, ten, held):
    moods = iter([Result(Fate.POSTPONED, "ConnectionError")] * 2)

    def send(actions):
        mood = next(moods, None)
        return [mood] * len(actions) if mood else bulk.send(actions)

    monkeypatch.setattr(rebuilding, "send", send)
    rebuild()
    assert held() == ten


def test_an_index_that_lacks_cards_is_not_swapped_in(monkeypatch, ten, held):
    before = indices.live()
    monkeypatch.setattr(rebuilding, "send", lambda actions: [Result(Fate.DONE)] * len(actions))
    with pytest.raises(RebuildFailedError, match="of 10 cards"):
        rebuild()
    assert indices.live() == before


def test_a_card_that_is_refused_is_left_to_deliveries(monkeypatch, ten, held):
    def document(card, terms, visible_to):
        surplus = {"nonsense": 1} if card.key == "3" else {}
        return {**document_of(card, terms, visible_to), **surplus}

    monkeypatch.setattr(bulk, "document_of", document)
    rebuild()
    assert set(held()) == ten.keys() - {"3"}
    assert list(OutboxRow.objects.values_list("key", flat=True)) == ["3"]
    monkeypatch.undo()
