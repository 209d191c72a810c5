"""Whatever is changed behind the portal's back is found, and the first wrong entry is named."""

from io import StringIO

import pytest
from django.core.management import call_command

from portal.record import checking, merkle
from portal.record.digests import canonical, statement_hash
from portal.record.models import Checkpoint, Entry

pytestmark = pytest.mark.django_db


def found():
    return list(checking.findings())


def first():
    return min(finding.index for finding in found() if finding.index is not None)


def change(index, **columns):
    assert Entry.objects.filter(index=index).update(**columns) == 1


def restated(index, **changes):
    """An entry's columns with another statement, its leaf made to fit."""
    entry = Entry.objects.get(index=index)
    text = canonical({**entry.statement, **changes})
    return {"text": text, "leaf_hash": statement_hash(bytes(entry.salt), text)}


def swap(one, other, *columns):
    a, b = Entry.objects.get(index=one), Entry.objects.get(index=other)
    change(one, **{name: getattr(b, name) for name in columns})
    change(other, **{name: getattr(a, name) for name in columns})


def test_an_untouched_record_holds(record):
    assert found() == []


def test_an_empty_record_holds(notes):
    assert found() == []


def test_a_changed_body(record):
    record.bodies[8] = "something else"
    assert first() == 8


def test_a_body_that_is_gone(record):
    del record.bodies[8]
    assert first() == 8


@pytest.mark.parametrize("index", [0, 5, 8, 14])
def test_a_changed_statement(record, index):
    text = Entry.objects.get(index=index).text
    change(index, text=text.replace("2026", "2025"))
    assert first() == index


@pytest.mark.parametrize("index", [0, 5, 6, 8, 13])
def test_a_changed_statement_with_its_leaf_made_to_fit(record, index):
    change(index, **restated(index, day="2025-01-01"))
    assert index - 3 <= first() <= index


def test_a_tree_rebuilt_over_a_changed_statement(record):
    """Somebody who knows how it works changes all that follows: the published root stands."""
    change(8, **restated(8, day="2025-01-01"))
    edge = merkle.Edge()
    for entry in Entry.objects.order_by("index"):
        change(entry.index, nodes=b"".join(edge.add(bytes(entry.leaf_hash))))
    assert any("root published" in finding.text for finding in found())


@pytest.mark.parametrize("index", [0, 4, 6, 9, 13])
def test_a_deleted_entry(record, index):
    Entry.objects.filter(index=index).delete()
    assert first() == index


def test_the_last_entry_deleted(record):
    """No root was published since: its row has no entry."""
    Entry.objects.filter(index=14).delete()
    assert [finding.text for finding in found()] == ["Note 14 has no entry."]


def test_the_last_entries_deleted_with_their_rows(record):
    Entry.objects.filter(index__gte=12).delete()
    record.bodies = {index: body for index, body in record.bodies.items() if index < 12}
    assert any(finding.index == 12 and "published" in finding.text for finding in found())


def test_all_deleted(record):
    Entry.objects.all().delete()
    record.bodies.clear()
    assert first() == 0


@pytest.mark.parametrize(("one", "other"), [(0, 1), (5, 6), (3, 8), (2, 14)])
def test_reordered_entries(record, one, other):
    swap(one, other, "kind", "text", "salt", "leaf_hash", "nodes", "public")
    assert first() <= one
    swap(one, other, "nodes")
    assert first() <= one


def test_swapped_salts(record):
    swap(8, 10, "salt")
    assert first() == 8


@pytest.mark.parametrize("index", [1, 7, 11, 13])
def test_a_changed_node(record, index):
    kept = bytes(Entry.objects.get(index=index).nodes)
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


def test_an_erasure_without_a_note_of_it(record):
    change(8, text=None, salt=None)
    assert first() == 8
    change(8, erased_by=10)
    assert first() == 8


def test_an_erasure_taken_back(record):
    change(4, erased_by=None)
    assert first() == 4


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
    assert "The record holds: 15 entries, 2 published roots." in said.getvalue()


def test_memory_and_queries_do_not_grow_with_the_record(record, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert found() == []
