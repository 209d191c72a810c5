"""Adding to the record, erasing, concealing, publishing roots."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from portal.record import closing, merkle, tree
from portal.record.actions import append, conceal, erase, publish_roots, reveal
from portal.record.digests import canonical, content_digest, statement_hash
from portal.record.models import Checkpoint, Entry
from portal.record.receipts import receipt

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def add(number=0, *, public=True, at=NOON):
    return append(kind="test.said", statement={"number": number}, public=public, at=at)


@pytest.fixture
def record():
    """Eleven entries, every third not public."""
    return [add(number, public=number % 3 != 0) for number in range(11)]


def test_an_entry_is_kept_as_it_was_returned():
    entry = append(
        kind="test.said",
        statement={"words": "Où ça ? «ß» العربية", "of": [1, None, True]},
        public=False,
        at=NOON,
    )
    kept = Entry.objects.get()
    assert (kept.index, kept.kind, kept.public, kept.day) == (0, "test.said", False, NOON.date())
    assert kept.statement == {
        "kind": "test.said",
        "day": "2026-11-24",
        "words": "Où ça ? «ß» العربية",
        "of": [1, None, True],
    }
    assert kept.text == entry.text
    assert bytes(kept.salt) == entry.salt
    assert len(entry.salt) == 32
    assert bytes(kept.leaf_hash) == statement_hash(entry.salt, entry.text)


def test_the_day_is_that_of_utc_and_no_time_is_kept():
    late = datetime.fromisoformat("2026-11-24T23:30:00-05:00")
    entry = add(at=late)
    assert entry.day == date(2026, 11, 25)
    assert entry.statement["day"] == "2026-11-25"
    assert ":30" not in entry.text


def test_the_tree_is_that_of_the_leaves(record):
    leaves = [bytes(entry.leaf_hash) for entry in Entry.objects.order_by("index")]
    edge = merkle.Edge()
    for size, leaf in enumerate(leaves):
        assert tree.root(size) == edge.root()
        edge.add(leaf)
    assert tree.root(tree.size()) == edge.root()


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 11])
def test_adding_costs_the_same_few_queries(size, django_assert_max_num_queries):
    for number in range(size):
        add(number)
    with django_assert_max_num_queries(4):  # the lock, the last entry, nodes above it, the entry
        add()


def test_an_act_that_is_undone_leaves_no_entry():
    add()
    with transaction.atomic():
        add()
        transaction.set_rollback(True)
    assert [entry.index for entry in (add(), add())] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_added_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        add()
    with pytest.raises(TransactionManagementError):
        publish_roots(at=NOON)


@pytest.mark.parametrize("value", [1.5, {1: "key"}, b"bytes", NOON, {"deep": [{"er": 0.1}]}])
def test_what_has_no_single_spelling_is_refused(value):
    with pytest.raises(TypeError):
        append(kind="test.said", statement={"value": value}, public=True, at=NOON)


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": ""}])
def test_what_a_database_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match="surrogates"):
        canonical({"value": value})


def test_a_nul_is_held_by_every_database():
    assert append(kind="test.said", statement={"a": "\x00"}, public=True, at=NOON).statement
    assert Entry.objects.get().statement["a"] == "\x00"


def test_canonical_json_has_one_spelling():
    assert (
        canonical({"b": [True, None], "a": {"é": '"\n'}}) == '{"a":{"é":"\\"\\n"},"b":[true,null]}'
    )
    assert content_digest(b"s", {"b": 1, "a": 2}) == content_digest(b"s", {"a": 2, "b": 1})
    assert content_digest(b"s", {}) != content_digest(b"t", {})


def test_a_receipt_proves_its_entry(record):
    for entry in record:
        held = receipt(entry)
        assert held["format"] == "code-in-practice/receipt/1"
        assert held["tree_size"] == 11
        leaf = statement_hash(bytes.fromhex(held["salt"]), canonical(held["statement"]))
        proof = [bytes.fromhex(each) for each in held["proof"]]
        root = bytes.fromhex(held["root"])
        assert merkle.verify_inclusion(leaf, held["index"], 11, proof, root)


def test_the_first_entry_of_a_day_publishes_the_root_of_the_days_before(record):
    stood = tree.root(11)
    add(at=NOON + timedelta(days=3))
    add(at=NOON + timedelta(days=3))
    checkpoint = Checkpoint.objects.get()
    assert (checkpoint.size, bytes(checkpoint.root)) == (11, stood)
    assert (checkpoint.day, checkpoint.occasion) == (NOON.date(), "daily")


def test_a_clock_set_back_leaves_days_in_order(record):
    entry = add(at=NOON - timedelta(days=1))
    assert entry.day == NOON.date()
    assert entry.statement["day"] == "2026-11-23"
    assert not Checkpoint.objects.exists()


def test_roots_are_published_once(record):
    assert [each.size for each in publish_roots(at=NOON)] == [11]
    assert publish_roots(at=NOON + timedelta(days=1)) == []
    add(at=NOON + timedelta(days=1))
    assert [each.size for each in Checkpoint.objects.all()] == [11]


def test_a_consultation_that_closed_gets_its_root(record, monkeypatch):
    monkeypatch.setattr(closing, "_registered", [lambda: [("ECHRI-2026-01", NOON.date())]])
    add(at=NOON + timedelta(days=1))
    made = publish_roots(at=NOON + timedelta(days=1))
    closed = next(each for each in made if each.occasion == "closing")
    assert (closed.subject, closed.size, closed.day) == ("ECHRI-2026-01", 11, NOON.date())
    assert publish_roots(at=NOON + timedelta(days=2)) == []


def test_an_empty_record_publishes_nothing():
    assert publish_roots(at=NOON) == []


def test_erasing_forgets_what_was_said_and_keeps_the_tree(record):
    before = tree.root(11)
    tombstone = erase([1, 2], at=NOON, statement={"reason": "unlawful"})
    assert tombstone.statement["erases"] == [1, 2]
    assert tombstone.public
    for entry in Entry.objects.filter(index__in=[1, 2]):
        assert (entry.text, entry.salt, entry.statement) == (None, None, None)
        assert entry.erased_by == tombstone.index
        with pytest.raises(ValueError, match="erased"):
            receipt(entry)
    assert tree.root(11) == before


def test_erasing_what_was_not_public_is_not_public(record):
    assert not erase([1, 3], at=NOON, statement={}).public


@pytest.mark.parametrize("indexes", [[], [99], [1, 99]])
def test_what_is_not_there_is_not_erased(record, indexes):
    with pytest.raises(ValueError, match="can be erased"):
        erase(indexes, at=NOON, statement={})
    assert Entry.objects.count() == 11


def test_nothing_is_erased_twice_nor_the_note_of_it(record):
    tombstone = erase([1], at=NOON, statement={})
    for indexes in ([1], [tombstone.index]):
        with pytest.raises(ValueError, match="can be erased"):
            erase(indexes, at=NOON, statement={})


def test_concealing_and_revealing(record):
    conceal([1, 2])
    assert not Entry.objects.filter(index__in=[1, 2], public=True).exists()
    reveal([1])
    assert Entry.objects.get(index=1).public


def test_what_was_erased_while_concealed_is_not_revealed(record):
    conceal([1])
    erase([1], at=NOON, statement={})
    reveal([1])
    assert not Entry.objects.get(index=1).public


@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_their_turn():
    """Eight writers: dense numbers, and the tree of the leaves as they stand."""

    def write(writer):
        try:
            for number in range(12):
                with transaction.atomic():
                    add(writer * 100 + number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    edge = merkle.Edge()
    for place, entry in enumerate(Entry.objects.order_by("index")):
        assert entry.index == place
        assert bytes(entry.nodes) == b"".join(edge.add(bytes(entry.leaf_hash)))
    assert edge.size == 96
    assert tree.root(96) == edge.root()
