"""The script with more than one thing in hand: two exports, proofs of growth, public JSON."""

import json
import shutil

import pytest

from portal.record import public, tree, verify
from portal.record.checkpoints import described, publish
from portal.record.models import Checkpoint, Entry
from portal.record.public import opened
from portal.record.receipts import consistency, receipt
from portal.record.sequencer import publish_roots
from tests.portal.record.conftest import DAY, NOON, at_place
from tests.portal.record.single_changes import Given
from tests.portal.record.test_export import export_to, keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(record, tmp_path):
    return export_to(tmp_path / "earlier")


@pytest.fixture
def later(earlier, record, tmp_path):
    publish_roots(at=NOON + 5 * DAY)
    return export_to(tmp_path / "later")


@pytest.fixture
def said(capsys):
    return lambda: capsys.readouterr().out


def run(*arguments):
    return verify.main([*map(str, arguments)])


def test_a_later_export_shows_the_same_record(earlier, later, said):
    assert run(earlier, "--other", later) == run(later, "--other", earlier) == 0
    assert "show the same record" in said()


@pytest.mark.parametrize("size", [0, 1, 6, 9])
def test_so_does_any_size_that_is_asked_for(earlier, tmp_path, size):
    asked = Given(tmp_path)
    asked.write("export/leaves.jsonl", "".join(public.leaves(size)))
    asked.write("export/checkpoints.json", public.checkpoints(size, tree.root(size)))
    assert run(tmp_path / "export") == 0
    assert run(earlier, "--other", tmp_path / "export") == 0


def test_a_portal_that_shows_two_records_is_found_out(earlier, record, tmp_path, said):
    """Each of them holds by itself, signatures and all; they part where an entry was dropped."""
    Entry.objects.placed().filter(index__gte=9).delete()
    Checkpoint.objects.filter(size__gt=9).delete()
    for number in range(9):
        record.add(f"instead, {number}", at=NOON + DAY)
    publish_roots(at=NOON + 4 * DAY)
    other = export_to(tmp_path / "other")
    assert run(earlier) == run(other) == 0
    said()
    assert run(earlier, "--other", other) == run(other, "--other", earlier) == 1
    assert said().count("TWO RECORDS: they part at leaf 9") == 2


@pytest.mark.parametrize("day", [1, 3])
def test_other_days_for_the_same_roots_are_two_records_too(earlier, record, tmp_path, said, day):
    root = bytes(Checkpoint.objects.get(size=15).root)
    Checkpoint.objects.filter(size=15).delete()
    publish("daily", size=15, root=root, day=(NOON + day * DAY).date())
    other = export_to(tmp_path / "other")
    assert run(other) == 0
    assert run(earlier, "--other", other) == run(other, "--other", earlier) == 1
    assert "TWO RECORDS: the roots of" in said()


@pytest.mark.parametrize("changed", [{"size": 13, "day": 1}, {"size": 15, "day": 2}])
def test_another_closing_of_a_consultation_is_two_records_too(record, tmp_path, said, changed):
    def with_closing(name, size, day):
        root, on = tree.root(size), (NOON + day * DAY).date()
        made = publish("closing", size=size, root=root, day=on, subject="CC-2026-1")
        exported = export_to(tmp_path / name)
        made.delete()
        return exported

    one, same = with_closing("one", 6, 0), with_closing("same", 6, 0)
    other, none = with_closing("other", **changed), export_to(tmp_path / "none")
    assert run(one, "--other", same) == run(one, "--other", none) == 0
    assert run(one, "--other", other) == 1
    assert "CC-2026-1" in said()


def test_one_size_begins_another(earlier, later, tmp_path):
    for first, second in ((6, 15), (1, 16), (9, 9), (0, 16), (13, 15), (8, 16)):
        proof = keep(tmp_path / "consistency.json", consistency(first, second))
        assert run("--consistency", proof) == 0
        assert run(earlier, "--consistency", proof) == run(later, "--consistency", proof) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"first": 7},
        {"first_root": "00" * 32},
        {"second_root": "00" * 32},
        {"proof": []},
        {"first": 16},
        {"first": -1},
    ],
)
def test_a_proof_that_it_begins_another_which_does_not_hold(earlier, tmp_path, changed):
    proof = keep(tmp_path / "consistency.json", {**consistency(6, 15), **changed})
    assert run("--consistency", proof) == 1


def test_a_size_that_such_a_proof_cannot_tell_is_told_by_an_export(earlier, tmp_path):
    """The same hashes lead up in trees of 13 to 16."""
    proof = keep(tmp_path / "consistency.json", {**consistency(6, 15), "second": 14})
    assert run("--consistency", proof) == 0
    assert run(earlier, "--consistency", proof) == 1


def test_a_proof_of_another_record(earlier, record, tmp_path, said):
    Entry.objects.placed().delete()
    Checkpoint.objects.all().delete()
    for number in range(20):
        record.add(f"forged, {number}")
    publish_roots(at=NOON + 4 * DAY)
    proof = keep(tmp_path / "consistency.json", consistency(6, 15))
    assert run("--consistency", proof) == 0
    assert run(earlier, "--consistency", proof) == 1
    assert "in another tree" in said()


def shown(entry, record, **changed):
    return {**opened(entry, {"body": record.bodies[entry.leaf]}), **changed}


def test_what_the_portal_shows_is_what_was_entered(earlier, record, tmp_path, said):
    path = keep(tmp_path / "8.json", shown(at_place(8), record))
    assert run("--public", path) == run(earlier, "--public", path) == 0
    assert "what was entered" in said()


@pytest.mark.parametrize(
    "changed",
    [
        {"content": {"body": "other words"}},
        {"content": None},
        {"salt": "00" * 32},
        {"leaf": "00" * 32},
        {"statement": {"kind": "note.taken", "day": "2026-11-25"}},
        {"format": "code-in-practice/public/2"},
    ],
)
def test_what_it_shows_otherwise_is_found(earlier, record, tmp_path, changed):
    path = keep(tmp_path / "8.json", shown(at_place(8), record, **changed))
    assert run("--public", path) in (1, 2)


def test_what_is_shown_without_words_says_so(earlier, tmp_path):
    path = keep(tmp_path / "12.json", opened(at_place(12), None))
    assert run("--public", path) == run(earlier, "--public", path) == 0
    path = keep(tmp_path / "12.json", opened(at_place(12), {"body": "words put in"}))
    assert run("--public", path) in (1, 2)


def test_what_is_shown_today_is_covered_later(earlier, record, tmp_path, said):
    path = keep(tmp_path / "new.json", shown(record.add("today", at=NOON + 3 * DAY), record))
    assert run(earlier, "--public", path) == 3
    assert "NOT COVERED" in said()
    publish_roots(at=NOON + 5 * DAY)
    assert run(export_to(tmp_path / "later"), "--public", path) == 0


def test_what_is_shown_and_never_entered_is_found(earlier, record, tmp_path, said):
    entry = record.add("shown and dropped", at=NOON)
    path = keep(tmp_path / "dropped.json", shown(entry, record))
    assert run(earlier, "--public", path) == 1
    assert "BROKE ITS PROMISE" in said()


def test_of_several_things_in_hand_the_worst_is_told(earlier, record, tmp_path):
    fine = keep(tmp_path / "fine.json", shown(at_place(8), record))
    today = keep(tmp_path / "today.json", shown(record.add("x", at=NOON + 3 * DAY), record))
    wrong = keep(tmp_path / "wrong.json", shown(at_place(8), record, content={"body": ""}))
    assert run(earlier, "--public", fine, today) == 3
    assert run(earlier, "--public", today, wrong) == 1
    held = keep(tmp_path / "receipt.json", receipt(at_place(6)))
    assert run(earlier, "--receipt", held, "--public", today) == 3


def test_roots_that_are_older_than_signatures_are_bound_by_the_export(earlier, record, tmp_path):
    Checkpoint.objects.filter(size__lte=13).update(key="", signature="")
    older = export_to(tmp_path / "older")
    assert run(older) == 0
    told = json.loads((older / "checkpoints.json").read_text())
    assert ["signature" in each for each in told["checkpoints"]] == [False, False, True]
    told["checkpoints"][0]["day"] = "2026-11-23"
    keep(older / "checkpoints.json", told)
    assert run(older) == 1


def keys_of(folder):
    told = json.loads((folder / "checkpoints.json").read_text())
    return {told["key"], *(each["key"] for each in told["checkpoints"])}


def given_as(keys):
    return [each for key in sorted(keys) for each in ("--key", key)]


def test_a_key_that_no_entry_names_shows_nothing(earlier, record, settings, tmp_path, said):
    """It may be newer than the export, or somebody else's: nobody is accused by what it signed."""
    held = keep(tmp_path / "receipt.json", receipt(record.add("dropped", public=False, at=NOON)))
    assert run(earlier, "--receipt", held) == 1
    ours = keys_of(earlier)
    settings.RECORD_KEYS, settings.SECRET_KEY = ["somebody else's"], "no secret of the portal"
    shutil.copytree(earlier, tmp_path / "forged")
    keep(tmp_path / "forged/checkpoints.json", public.checkpoints(15, tree.root(15)))
    said()
    assert run(tmp_path / "forged") == 3
    assert "NOT COVERED: newer, or not the portal's" in said()
    assert run(tmp_path / "forged", "--receipt", held) == 3
    assert "BROKE ITS PROMISE" not in said()
    assert run(tmp_path / "forged", *given_as(ours)) == 1


def test_whoever_has_the_portal_s_keys_tells_every_forgery(earlier, record, settings, tmp_path):
    """A whole record with a key of one's own holds by itself: only keys from elsewhere tell it."""
    ours = keys_of(earlier)
    assert run(earlier, *given_as(ours)) == 0
    held = keep(tmp_path / "receipt.json", receipt(at_place(6)))
    settings.RECORD_KEYS, settings.SECRET_KEY = ["somebody else's"], "no secret of the portal"
    Entry.objects.placed().delete()
    Checkpoint.objects.all().delete()
    record.add("forged", at=NOON + 4 * DAY)
    publish_roots(at=NOON + 5 * DAY)
    forged = export_to(tmp_path / "forged")
    assert run(forged) == 0
    assert run(forged, *given_as(ours)) == 1
    assert run("--receipt", held, *given_as(ours)) == 0
    assert run("--receipt", held, *given_as(keys_of(forged))) == 1


def test_an_old_size_that_a_newer_key_signs_is_known_by_a_newer_export(
    record, settings, tmp_path, said
):
    """All secrets were exchanged at once: what was published before is signed with none of them."""
    settings.RECORD_KEYS, settings.SECRET_KEY = ["a new one"], "exchanged as well"
    old = export_to(tmp_path / "old")  # on the day of the change, nothing names the new key yet
    assert run(old) == 3
    assert run(old, *given_as(keys_of(old))) == 0
    publish_roots(at=NOON + 5 * DAY)
    new = export_to(tmp_path / "new")
    assert run(new) == run(old, "--other", new) == run(new, "--other", old) == 0
    held = keep(tmp_path / "receipt.json", receipt(at_place(6)))
    assert run(old, "--receipt", held) == 3
    assert run(old, "--receipt", held, "--other", new) == 0


def test_an_old_size_is_signed_with_an_old_key_as_long_as_the_portal_has_it(
    record, settings, tmp_path
):
    before = public.checkpoints(15, tree.root(15))["key"]
    settings.RECORD_KEYS = ["a new one", *settings.RECORD_KEYS]
    publish_roots(at=NOON + 5 * DAY)
    asked = Given(tmp_path)
    asked.write("export/leaves.jsonl", "".join(public.leaves(15)))
    asked.write("export/checkpoints.json", public.checkpoints(15, tree.root(15)))
    assert run(tmp_path / "export") == 0
    assert json.loads((tmp_path / "export/checkpoints.json").read_text())["key"] == before


def test_another_occasion_for_the_same_root_is_two_records(earlier, record, tmp_path, said):
    """Only a daily root makes a promise due; the portal may not show it as something else."""
    publish_roots(at=NOON + 5 * DAY)
    whole = export_to(tmp_path / "whole")
    kept = Checkpoint.objects.get(size=13)
    kept.delete()
    publish("export", size=13, root=bytes(kept.root), day=kept.day)
    other = export_to(tmp_path / "other")
    assert run(other) == 0
    assert run(whole, "--other", other) == run(other, "--other", whole) == 1
    assert "'export'" in said()


@pytest.mark.parametrize(
    "wrong",
    [
        {"occasion": "daily", "subject": "CC-2026-1"},
        {"occasion": "export", "subject": "CC-2026-1"},
        {"occasion": "closing", "subject": ""},
        {"occasion": "weekly", "subject": ""},
    ],
)
def test_a_root_has_a_known_occasion_and_a_subject_only_where_one_closes(record, tmp_path, wrong):
    """Otherwise a daily root with a subject would be compared with none."""
    day = (NOON + 2 * DAY).date()
    publish(wrong["occasion"], size=15, root=tree.root(15), day=day, subject=wrong["subject"])
    assert run(export_to(tmp_path / "export")) == 1


def test_a_subject_closes_once(record, tmp_path):
    for size, verdict in ((6, 0), (13, 1)):
        publish("closing", size=size, root=tree.root(size), day=NOON.date(), subject="CC-2026-1")
        assert run(export_to(tmp_path / "export")) == verdict


def test_exports_of_two_portals_are_no_two_records(earlier, record, settings, tmp_path, said):
    settings.BASE_URL = "https://another.example"
    other = export_to(tmp_path / "other")
    assert run(earlier, "--other", other) == 1
    assert "TWO RECORDS" not in said()


def test_on_the_day_of_a_new_key_exports_are_signed_with_the_one_before(record, settings, tmp_path):
    before = public.checkpoints(15, tree.root(15))["key"]
    settings.RECORD_KEYS = ["a new one"]
    assert run(export_to(tmp_path / "today")) == 0
    assert public.checkpoints(15, tree.root(15))["key"] == before
    publish_roots(at=NOON + 5 * DAY)
    assert run(export_to(tmp_path / "tomorrow")) == 0
    assert public.checkpoints(tree.size(), tree.root(tree.size()))["key"] != before


def test_a_checkpoint_is_signed_when_it_is_published(record):
    for each in Checkpoint.objects.all():
        told = described(each)
        verify.check_signature(told, "checkpoint/1", set(told) - {"signature"})
