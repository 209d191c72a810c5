"""Places in the tree: once a day, by chance, for everything of the days that have ended."""

import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction

from portal.record import audit, closings, merkle, sequencer, tree
from portal.record.actions import append, conceal
from portal.record.models import Checkpoint, Entry, SigningKey
from portal.record.sequencer import publish_due, publish_roots
from tests.portal.record.conftest import DAY, NOON

pytestmark = pytest.mark.django_db


def add(number=0, *, public=True, at=NOON):
    return append(kind="test.said", statement={"number": number}, public=public, at=at)


def daily():
    roots = Checkpoint.objects.filter(occasion="daily").order_by("day")
    return [(each.day.day, each.size) for each in roots]


def test_a_day_that_lasts_has_no_places():
    add()
    made = publish_roots(at=NOON)
    assert [(each.day, each.occasion) for each in made] == [(date(2026, 11, 23), "daily")]
    assert [entry.index for entry in Entry.objects.filter(kind="test.said")] == [None]


def test_the_ended_day_gets_its_places_and_its_root():
    for number in range(5):
        add(number)
    add(5, at=NOON + DAY)
    made = publish_roots(at=NOON + DAY)
    assert [(each.day, each.size) for each in made] == [(NOON.date(), 6)]  # with the key
    assert tree.size() == 6
    assert Entry.objects.waiting().get().statement["number"] == 5
    edge = merkle.Edge()
    for place, entry in enumerate(Entry.objects.placed().order_by("index")):
        assert entry.index == place
        assert bytes(entry.nodes) == b"".join(edge.add(entry.leaf_hash))
    assert tree.root(6) == edge.root() == bytes(made[0].root)


def test_a_day_is_done_once():
    add()
    publish_roots(at=NOON + DAY)
    assert publish_roots(at=NOON + DAY + timedelta(hours=11)) == []
    assert daily() == [(24, 2)]


def test_a_day_without_entries_is_known_to_be_done():
    publish_roots(at=NOON)
    publish_roots(at=NOON + DAY)
    assert daily() == [(23, 1), (24, 1)]


def test_what_is_committed_late_waits_for_the_next_day_s_batch():
    add(1)
    publish_roots(at=NOON + DAY)
    late = add(2)  # its transaction lasted past midnight
    assert publish_roots(at=NOON + DAY) == []
    assert Entry.objects.get(leaf=late.leaf).index is None
    add(3, at=NOON + DAY)
    publish_roots(at=NOON + 2 * DAY)
    assert daily() == [(24, 2), (25, 4)]
    placed = Entry.objects.get(leaf=late.leaf)
    assert (placed.day, placed.statement["day"]) == (date(2026, 11, 25), "2026-11-24")


def test_a_portal_that_was_down_does_day_after_day():
    publish_roots(at=NOON)
    for days in (0, 0, 1, 3):
        add(at=NOON + days * DAY)
    publish_roots(at=NOON + 6 * DAY)
    assert daily() == [(23, 1), (24, 3), (25, 4), (27, 5), (29, 5)]
    days = Entry.objects.placed().order_by("index").values_list("day__day", flat=True)
    assert list(days) == [23, 24, 24, 25, 27]
    assert list(audit.findings()) == []


def test_a_day_whose_entries_had_their_places_at_once_is_done_when_it_has_ended():
    """As on the day on which the portal was upgraded to this."""
    entry = add()
    Entry.objects.filter(leaf=entry.leaf).update(index=0)
    add(2)
    assert publish_roots(at=NOON) == []
    assert [(each.day, each.size) for each in publish_roots(at=NOON + DAY)] == [(NOON.date(), 3)]
    assert Entry.objects.get(leaf=entry.leaf).index == 0
    assert list(audit.findings()) == []


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 11])
def test_the_tree_goes_on_where_it_stood(size):
    for days, count in enumerate((size, 6)):
        for number in range(count):
            add(number, at=NOON + days * DAY)
        publish_roots(at=NOON + (days + 1) * DAY)
    edge = merkle.Edge()
    for entry in Entry.objects.order_by("index"):
        assert tree.root(edge.size) == edge.root()
        edge.add(entry.leaf_hash)
    assert tree.root(tree.size()) == edge.root()
    assert list(audit.findings()) == []


def test_the_order_within_a_day_is_not_that_of_acts(monkeypatch):
    """Each of the first two entries comes first about half the times."""
    monkeypatch.setattr(sequencer, "CHANCE", random.Random(20261124))
    publish_roots(at=NOON)
    pairs = []
    for day in range(40):
        pairs.append([add(number, at=NOON + day * DAY).leaf for number in range(2)])
    publish_roots(at=NOON + 40 * DAY)
    places = dict(Entry.objects.values_list("leaf", "index"))
    first = sum(places[one] < places[other] for one, other in pairs)
    assert 10 <= first <= 30


def test_chance_is_that_of_the_operating_system():
    assert isinstance(sequencer.CHANCE, random.SystemRandom)


def test_the_database_keeps_no_order_of_acts_once_the_day_has_ended():
    for number in range(100):
        add(number)
    publish_roots(at=NOON + DAY)
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM record_entry ORDER BY {place}")  # noqa: S608
        kept = [json.loads(text).get("number", 0) for (text,) in cursor.fetchall()]
    # Each act stands some 33 rows from where it was done; in order it would be none.
    assert sum(abs(row - number) for row, number in enumerate(kept)) > 100 * 20


def test_a_long_day_is_placed_in_pieces(monkeypatch):
    monkeypatch.setattr(sequencer, "BATCH", 7)
    for number in range(30):
        add(number)
    publish_roots(at=NOON + DAY)
    assert tree.size() == 31
    assert list(audit.findings()) == []


def test_a_consultation_that_closed_gets_the_root_of_that_day(monkeypatch):
    monkeypatch.setattr(closings, "_registered", [lambda: [("ECHRI-2026-01", NOON.date())]])
    add()
    assert [each.occasion for each in publish_roots(at=NOON)] == ["daily"]  # of the day before
    add(at=NOON + DAY)
    made = publish_roots(at=NOON + DAY)
    closed = next(each for each in made if each.occasion == "closing")
    assert (closed.subject, closed.size, closed.day) == ("ECHRI-2026-01", 2, NOON.date())
    assert [each.occasion for each in publish_roots(at=NOON + 2 * DAY)] == ["daily"]


def test_keys_enter_the_record_once_and_again_when_one_is_new(settings):
    publish_roots(at=NOON)
    settings.RECORD_KEYS = ["a new one"]
    publish_roots(at=NOON + DAY)
    publish_roots(at=NOON + 2 * DAY)
    entries = Entry.objects.filter(kind="record.key").order_by("index")
    assert [entry.public for entry in entries] == [True, True]
    stated = {entry.statement["key"]: entry.leaf for entry in entries}
    assert stated == dict(SigningKey.objects.values_list("key", "record_leaf"))
    assert list(audit.findings()) == []


def test_a_server_does_it_by_itself_in_the_first_minute_of_a_day():
    with time_machine.travel(NOON, tick=False):
        publish_due(stopped=lambda: False)
        add()
    with time_machine.travel(datetime(2026, 11, 24, 23, 59, tzinfo=NOON.tzinfo), tick=False):
        publish_due(stopped=lambda: False)
    assert daily() == [(23, 1)]
    with time_machine.travel(datetime(2026, 11, 25, 0, 0, tzinfo=NOON.tzinfo), tick=False):
        publish_due(stopped=lambda: True)
        assert daily() == [(23, 1)]
        publish_due(stopped=lambda: False)
    assert daily() == [(23, 1), (24, 2)]


def test_looking_whether_something_is_due_is_one_query(django_assert_num_queries):
    with time_machine.travel(NOON, tick=False):
        publish_due(stopped=lambda: False)
        with django_assert_num_queries(1):
            publish_due(stopped=lambda: False)


def test_roots_are_published_by_command():
    add()
    with time_machine.travel(NOON + DAY, tick=False):
        call_command("publish_roots", stdout=(said := StringIO()))
        assert said.getvalue().startswith("daily, 2026-11-24: 2 entries, ")
        call_command("publish_roots", stdout=(again := StringIO()))
    assert again.getvalue() == ""


@pytest.mark.django_db(transaction=True)
def test_two_replicas_at_once_give_each_place_once():
    with transaction.atomic():
        for number in range(40):
            add(number)
    gate = threading.Barrier(4)

    def replica(_number):
        try:
            gate.wait()
            with transaction.atomic():
                return [each.size for each in publish_roots(at=NOON + DAY)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(replica, range(4)))
    assert sorted(made) == [[], [], [], [41]]
    assert tree.size() == Entry.objects.count() == 41
    assert list(audit.findings()) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_concealed_while_it_gets_its_place_is_concealed():
    """The row that an act waits for is written anew meanwhile: PostgreSQL finds it gone."""
    with transaction.atomic():
        leaf = add().leaf
    placed, go_on = threading.Event(), threading.Event()

    def hide():
        try:
            placed.wait(20)
            go_on.set()
            with transaction.atomic():
                conceal([leaf])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        hiding = pool.submit(hide)
        with transaction.atomic():
            publish_roots(at=NOON + DAY)
            placed.set()
            go_on.wait(20)
            with pytest.raises(TimeoutError):
                hiding.result(timeout=0.3)  # it waits for this transaction
        hiding.result(timeout=20)
    entry = Entry.objects.get(leaf=leaf)
    assert (entry.index is not None, entry.public) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_what_an_act_holds_waits_for_the_next_day_and_nobody_for_each_other():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time.")
    with transaction.atomic():
        leaf = add().leaf
        add(2)

    def replica():
        try:
            with transaction.atomic():
                publish_roots(at=NOON + DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        conceal([leaf])
        pool.submit(replica).result(timeout=20)
    assert Entry.objects.get(leaf=leaf).index is None
    assert tree.size() == 2
    with transaction.atomic():
        publish_roots(at=NOON + 2 * DAY)
    assert not Entry.objects.get(leaf=leaf).public
    assert list(audit.findings()) == []
