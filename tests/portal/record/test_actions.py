"""Adding to the record, erasing, concealing: in the transaction of an act, waiting for nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from portal.record.actions import append, conceal, erase, reveal
from portal.record.hashing import canonical, content_digest, statement_hash
from portal.record.models import Entry
from portal.record.receipts import receipt
from portal.record.sequencer import publish_roots
from tests.portal.record.conftest import DAY, NOON

pytestmark = pytest.mark.django_db


def add(number=0, *, public=True, at=NOON):
    return append(kind="test.said", statement={"number": number}, public=public, at=at)


@pytest.fixture(params=["waiting", "placed"])
def entries(request):
    """Eleven entries, every third not public: of a day that lasts, or of one that has ended."""
    made = [add(number, public=number % 3 != 0) for number in range(11)]
    if request.param == "placed":
        publish_roots(at=NOON + DAY)
    return [entry.leaf for entry in made]


def test_an_entry_is_kept_as_it_was_returned():
    entry = append(
        kind="test.said",
        statement={"words": "Où ça ? «ß» العربية", "of": [1, None, True]},
        public=False,
        at=NOON,
    )
    kept = Entry.objects.get()
    assert (kept.index, kept.kind, kept.public, kept.day) == (None, "test.said", False, NOON.date())
    assert kept.statement == {
        "kind": "test.said",
        "day": "2026-11-24",
        "words": "Où ça ? «ß» العربية",
        "of": [1, None, True],
    }
    assert kept.text == entry.text
    assert bytes(kept.salt) == entry.salt
    assert len(entry.salt) == 32
    assert kept.leaf == entry.leaf == statement_hash(entry.salt, entry.text).hex()


def test_the_day_is_that_of_utc_and_no_time_is_kept():
    late = datetime.fromisoformat("2026-11-24T23:30:00-05:00")
    entry = add(at=late)
    assert entry.day == date(2026, 11, 25)
    assert entry.statement["day"] == "2026-11-25"
    assert ":30" not in entry.text


def test_adding_is_one_query_and_locks_nothing(entries, django_assert_num_queries):
    with django_assert_num_queries(1):
        add()


@pytest.mark.django_db(transaction=True)
def test_two_add_at_the_same_time_without_waiting_for_each_other():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time, whatever it writes.")

    def other():
        try:
            with transaction.atomic():
                add(2)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        add(1)
        pool.submit(other).result(timeout=20)
        assert Entry.objects.count() == 2


def test_an_act_that_is_undone_leaves_no_entry():
    with transaction.atomic():
        add()
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


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


def test_erasing_forgets_what_was_said_and_keeps_the_leaf(entries):
    tombstone = erase(entries[1:3], at=NOON, statement={"reason": "unlawful"})
    assert tombstone.statement["erases"] == sorted(entries[1:3])
    assert tombstone.public
    for entry in Entry.objects.filter(leaf__in=entries[1:3]):
        assert (entry.text, entry.salt, entry.statement) == (None, None, None)
        assert entry.erased_by == tombstone.leaf
        with pytest.raises(ValueError, match="erased"):
            receipt(entry)


def test_erasing_what_was_not_public_is_not_public(entries):
    assert not erase([entries[1], entries[3]], at=NOON, statement={}).public


@pytest.mark.parametrize("unknown", [[], ["00" * 32], ["junk"]])
def test_what_is_not_there_is_not_erased(entries, unknown):
    for leaves in (unknown, [*unknown, entries[1]] if unknown else []):
        with pytest.raises(ValueError, match="can be erased"):
            erase(leaves, at=NOON, statement={})
    assert not Entry.objects.exclude(erased_by="").exists()


def test_nothing_is_erased_twice_nor_the_note_of_it(entries):
    tombstone = erase([entries[1]], at=NOON, statement={})
    for leaf in (entries[1], tombstone.leaf):
        with pytest.raises(ValueError, match="can be erased"):
            erase([leaf], at=NOON, statement={})


def test_concealing_and_revealing(entries):
    conceal(entries[1:3])
    assert not Entry.objects.filter(leaf__in=entries[1:3], public=True).exists()
    reveal([entries[1]])
    assert Entry.objects.get(leaf=entries[1]).public


def test_what_was_erased_while_concealed_is_not_revealed(entries):
    conceal([entries[1]])
    erase([entries[1]], at=NOON, statement={})
    reveal([entries[1]])
    assert not Entry.objects.get(leaf=entries[1]).public
