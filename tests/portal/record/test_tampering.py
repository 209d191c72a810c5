"""Whatever is changed behind the portal's back is found, and the first wrong entry is named."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from portal.record import audit, merkle
from portal.record.hashing import canonical, statement_hash
from portal.record.models import Checkpoint, Entry, SigningKey
from tests.portal.record.conftest import DAY, NOON, at_place

pytestmark = pytest.mark.django_db


def found():
    return list(audit.findings())


def first():
    """The lowest place of which something is told."""
    return min(finding.entry for finding in found() if isinstance(finding.entry, int))


def change(index, **columns):
    assert Entry.objects.filter(index=index).update(**columns) == 1


def restate(index, **changes):
    """Have an entry state something else, its leaf made to fit."""
    entry = at_place(index)
    text = canonical({**entry.statement, **changes})
    change(index, text=text, leaf=statement_hash(bytes(entry.salt), text).hex())


def rebuild():
    """Make every node fit, as somebody does who knows how it works."""
    edge = merkle.Edge()
    for entry in Entry.objects.placed().order_by("index"):
        change(entry.index, nodes=b"".join(edge.add(entry.leaf_hash)))


def exchange_places(one, other):
    first, second = at_place(one), at_place(other)
    Entry.objects.filter(leaf=first.leaf).update(index=None)
    Entry.objects.filter(leaf=second.leaf).update(index=one, nodes=first.nodes, day=first.day)
    Entry.objects.filter(leaf=first.leaf).update(index=other, nodes=second.nodes, day=second.day)


def test_an_untouched_record_holds(record):
    assert found() == []


def test_an_empty_record_holds(notes):
    assert found() == []


def test_a_changed_body(record):
    record.bodies[at_place(8).leaf] = "something else"
    assert first() == 8


def test_a_body_that_is_gone(record):
    del record.bodies[at_place(8).leaf]
    assert first() == 8


@pytest.mark.parametrize("index", [0, 5, 8, 14])
def test_a_changed_statement(record, index):
    change(index, text=at_place(index).text.replace("2026", "2025"))
    assert first() == index


@pytest.mark.parametrize("index", [0, 5, 6, 8, 13])
def test_a_changed_statement_with_its_leaf_made_to_fit(record, index):
    restate(index, day="2025-01-01")
    assert index - 3 <= first() <= index


def test_a_tree_rebuilt_over_a_changed_statement(record):
    """Somebody who knows how it works changes all that follows: the published root stands."""
    restate(8, day="2025-01-01")
    rebuild()
    assert any("root published" in finding.text for finding in found())


@pytest.mark.parametrize("index", [0, 4, 6, 9, 13, 14])
def test_a_deleted_entry(record, index):
    Entry.objects.filter(index=index).delete()
    assert first() == index


def test_an_entry_deleted_that_waits(record):
    """No root covers it: its row has no entry."""
    leaf = Entry.objects.waiting().get().leaf
    Entry.objects.filter(leaf=leaf).delete()
    assert [finding.text for finding in found()] == [f"Note {leaf} has no entry."]


def test_the_last_entries_deleted_with_their_rows(record):
    for entry in Entry.objects.filter(index__gte=13):
        record.bodies.pop(entry.leaf)
        entry.delete()
    assert any(finding.entry == 13 and "published" in finding.text for finding in found())


def test_all_deleted(record):
    Entry.objects.all().delete()
    record.bodies.clear()
    assert first() == 0


@pytest.mark.parametrize(("one", "other"), [(0, 1), (5, 6), (3, 8), (2, 14)])
def test_reordered_entries(record, one, other):
    exchange_places(one, other)
    assert first() <= one
    rebuild()
    assert any("root published" in finding.text for finding in found())


def test_swapped_salts(record):
    eighth, tenth = at_place(8).salt, at_place(10).salt
    change(8, salt=tenth)
    change(10, salt=eighth)
    assert first() == 8


@pytest.mark.parametrize("index", [1, 7, 11, 13])
def test_a_changed_node(record, index):
    kept = bytes(at_place(index).nodes)
    change(index, nodes=kept[:-1] + bytes([kept[-1] ^ 1]))
    assert first() <= index
    change(index, nodes=kept[:-32])
    assert first() <= index


def test_a_changed_kind(record):
    change(8, kind="note.lost")
    assert first() == 8


def test_a_changed_day(record):
    change(8, day="2020-01-01")
    assert first() == 8


@pytest.mark.parametrize("changed", [{"root": bytes(32)}, {"size": 7}, {"size": 99}])
def test_a_changed_root(record, changed):
    Checkpoint.objects.filter(size=6).update(**changed)
    assert "published" in found()[0].text


@pytest.mark.parametrize(
    "changed",
    [
        {"day": (NOON + DAY).date()},
        {"occasion": "closing"},
        {"subject": "CC-2026-1"},
        {"key": "00" * 32},
        {"signature": "00" * 64},
        {"signature": ""},
        {"key": "", "signature": ""},
    ],
)
def test_what_is_said_of_a_published_root_is_bound_by_its_signature(record, changed):
    """The last one, which was made after others that were signed."""
    Checkpoint.objects.filter(size=15).update(**changed)
    assert any("signed" in finding.text for finding in found())


def test_roots_that_are_older_than_signatures_hold(record):
    Checkpoint.objects.filter(size__lte=13).update(key="", signature="")
    assert found() == []


def test_an_erasure_without_a_note_of_it(record):
    change(8, text=None, salt=None)
    assert first() == 8
    change(8, erased_by=at_place(10).leaf)
    assert first() == 8


def test_an_erasure_taken_back(record):
    change(2, erased_by="")
    assert first() == 2


def test_an_erasure_of_the_record_s_beginnings_is_named_by_places(record):
    """Its note names 2 as a number; that holds, and another number does not."""
    note = at_place(12)
    for erases, holds in (([2], True), ([3], False), ([], False)):
        text = canonical({**note.statement, "erases": erases})
        leaf = statement_hash(bytes(note.salt), text).hex()
        change(12, text=text, leaf=leaf)
        change(2, erased_by=leaf)
        said = [finding.text for finding in found()]
        assert holds != any("no entry says so" in text for text in said)


def test_an_entry_that_is_kept_waiting(record):
    """By somebody who hopes that its receipt is lost."""
    leaf = Entry.objects.waiting().get().leaf
    Entry.objects.filter(leaf=leaf).update(day=NOON.date() - timedelta(days=1))
    assert [finding.entry for finding in found()] == [leaf]
    assert "waits since 2026-11-23" in found()[0].text


def test_what_waits_and_states_something_else(record):
    entry = Entry.objects.waiting().get()
    Entry.objects.filter(leaf=entry.leaf).update(text=entry.text.replace("2026", "2025"))
    assert {finding.entry for finding in found()} == {entry.leaf}


def test_what_waits_and_says_nothing(record):
    entry = Entry.objects.waiting().get()
    Entry.objects.filter(leaf=entry.leaf).update(text=None, salt=None)
    assert any("was not erased" in finding.text for finding in found())
    Entry.objects.filter(leaf=entry.leaf).update(erased_by=at_place(12).leaf)
    assert any("no entry says so" in finding.text for finding in found())


def test_a_key_put_in_or_taken_out(record, monkeypatch):
    monkeypatch.setattr(audit.audit_sources, "_checks", [(("record.key",), audit._check_keys)])
    assert found() == []
    SigningKey.objects.create(key="11" * 32, record_leaf=at_place(8).leaf)
    assert any("names no key" in finding.text for finding in found())
    SigningKey.objects.all().delete()
    assert first() == 0


def test_a_gap_as_wide_as_numbers_go(record):
    Entry.objects.filter(index=14).update(index=2**30)
    assert first() == 14


def test_the_command_names_the_first_wrong_entry_and_fails(record):
    change(10, text="{}")
    change(8, text="not even JSON")
    said = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_record", stderr=said)
    assert end.value.code == 1
    assert "The first wrong entry is 8." in said.getvalue()


def test_the_command_is_content(record):
    said = StringIO()
    call_command("verify_record", stdout=said)
    assert "The record holds: 15 entries, 3 published roots. 1 wait for" in said.getvalue()


def test_memory_and_queries_do_not_grow_with_the_record(record, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        assert found() == []
