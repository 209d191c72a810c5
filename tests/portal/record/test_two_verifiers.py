"""
Two verifiers, written apart, come to the same verdicts: ours, and `tests/stranger_verifier.py`.

That one was written by somebody who had FORMAT.txt and an export before them and nothing else.
Where they had to ask, the page says more today; the last test has what it now says otherwise.
"""

import json

import pytest

from portal.record import public, tree, verify
from portal.record.checkpoints import publish
from portal.record.models import Checkpoint, Entry
from portal.record.public import opened
from portal.record.receipts import consistency, proof, receipt
from portal.record.sequencer import publish_roots
from tests import stranger_verifier
from tests.portal.record.conftest import DAY, NOON, at_place
from tests.portal.record.first_receipts import first_receipt
from tests.portal.record.single_changes import Given, changes
from tests.portal.record.test_export import export_to, keep
from tests.portal.record.test_single_changes import cut, given, only_receipt, without_signatures

__all__ = ["given"]  # the fixture

pytestmark = pytest.mark.django_db
HOLDS, WRONG, NOT_COVERED = "holds", "wrong", "not covered"
# Whether something is wrong or cannot be read is each verifier's to say (FORMAT.txt, section 6).
VERDICTS = {0: HOLDS, 1: WRONG, 2: WRONG, 3: NOT_COVERED}


def both(*arguments):
    """The verdict of both; fails where they do not agree."""
    words = [str(each) for each in arguments]
    ours, theirs = VERDICTS[verify.main(words)], VERDICTS[stranger_verifier.main(words)]
    assert ours == theirs, f"ours: {ours}, theirs: {theirs}"
    return ours


def test_they_agree_on_a_whole_export_and_all_that_belongs_to_it(given):
    assert both(*given.arguments()) == HOLDS
    export, options = given.arguments()[0], given.arguments()[1:]
    assert both(export) == both(*options) == HOLDS
    for option in ("receipt", "consistency"):
        path = given.folder / f"{option}.json"
        assert both(f"--{option}", path) == both(export, f"--{option}", path) == HOLDS


def test_both_find_each_of_two_hundred_single_changes(given):
    missed = []
    for change in changes(given, 200):
        before = (given.folder / change.name).read_text(encoding="utf-8")
        given.write(change.name, change.text)
        found = [VERDICTS[each.main(given.arguments())] for each in (verify, stranger_verifier)]
        given.write(change.name, before)
        if found != [WRONG, WRONG]:
            missed.append((change.name, change.what, found))
    assert missed == []


@pytest.mark.parametrize("seed", range(2, 6))
def test_they_agree_on_changes_to_one_thing_by_itself(given, seed):
    """Without an export, or without what belongs to it, not every change can be found: by both."""
    parted = []
    options = [name for name in ("consistency",) if (given.folder / f"{name}.json").exists()]
    for change in changes(given, 60, seed):
        before = (given.folder / change.name).read_text(encoding="utf-8")
        given.write(change.name, change.text)
        calls = [[str(given.folder / "export")], given.arguments()[1:]]
        calls += [[f"--{name}", str(given.folder / f"{name}.json")] for name in options]
        for call in calls:
            found = [VERDICTS[each.main(call)] for each in (verify, stranger_verifier)]
            if found[0] != found[1]:
                parted.append((change.name, change.what, call[:1], found))
        given.write(change.name, before)
    assert parted == []


@pytest.mark.parametrize("size", [0, 1, 5, 6, 7, 9, 14])
def test_they_agree_on_exports_that_somebody_cut(given, size):
    only_receipt(given)
    assert both(*given.arguments()) == HOLDS
    if size:
        cut(given, size)
        assert both(*given.arguments()) == WRONG


@pytest.mark.parametrize("kept", ["receipt/2", "receipt/1"])
def test_they_agree_on_exports_of_the_older_form(given, kept):
    only_receipt(given)
    given.write("receipt.json", receipt(at_place(6)) if kept == "receipt/2" else first_receipt(6))
    told = json.loads((given.folder / "export/checkpoints.json").read_text())
    older = {name: told[name] for name in ("portal", "size", "root", "keys")}
    older["format"] = "code-in-practice/record/1"
    older["checkpoints"] = without_signatures(told["checkpoints"])
    given.write("export/checkpoints.json", older)
    assert both(*given.arguments()) == HOLDS
    cut(given, 6)
    assert both(*given.arguments()) == NOT_COVERED


@pytest.mark.parametrize("size", [0, 1, 6, 7, 9, 15])
def test_they_agree_on_every_size_that_the_portal_hands_out(given, size):
    only_receipt(given)
    given.write("export/leaves.jsonl", "".join(public.leaves(size)))
    given.write("export/checkpoints.json", public.checkpoints(size, tree.root(size)))
    both(*given.arguments())


def test_they_agree_on_what_is_due_and_what_is_not(given, record, tmp_path):
    only_receipt(given)
    today = record.add("today", public=False, at=NOON + 3 * DAY)
    given.write("receipt.json", receipt(today))
    assert both(*given.arguments()) == NOT_COVERED
    Entry.objects.filter(leaf=today.leaf).delete()
    publish_roots(at=NOON + 4 * DAY)
    export_to(given.folder / "export")
    assert both(*given.arguments()) == NOT_COVERED
    publish_roots(at=NOON + 5 * DAY)
    export_to(given.folder / "export")
    assert both(*given.arguments()) == WRONG


def test_they_agree_on_what_came_later_than_was_promised(given, record):
    only_receipt(given)
    given.write("receipt.json", receipt(record.add("held back", public=False, at=NOON)))
    publish_roots(at=NOON + 5 * DAY)
    export_to(given.folder / "export")
    assert both(*given.arguments()) == WRONG


def test_they_agree_on_keys_that_the_record_does_not_name(given, settings):
    only_receipt(given)
    settings.RECORD_KEYS = ["somebody else's"]
    given.write("receipt.json", receipt(at_place(6)))
    assert both(*given.arguments()) == WRONG


def test_they_agree_on_two_exports(given, record, tmp_path):
    whole = given.folder / "export"
    later = tmp_path / "later"
    publish_roots(at=NOON + 5 * DAY)
    export_to(later)
    assert both(whole, "--other", later) == both(later, "--other", whole) == HOLDS
    Entry.objects.placed().filter(index__gte=9).delete()
    Checkpoint.objects.filter(size__gt=9).delete()
    for number in range(9):
        record.add(f"instead, {number}", at=NOON + DAY)
    publish_roots(at=NOON + 6 * DAY)
    other = export_to(tmp_path / "other")
    assert both(other) == HOLDS
    assert both(whole, "--other", other) == both(other, "--other", later) == WRONG


@pytest.mark.parametrize("day", [1, 3])
def test_they_agree_on_other_days_for_the_same_roots(given, tmp_path, day):
    root = bytes(Checkpoint.objects.get(size=15).root)
    Checkpoint.objects.filter(size=15).delete()
    publish("daily", size=15, root=root, day=(NOON + day * DAY).date())
    other = export_to(tmp_path / "other")
    assert both(other) == HOLDS
    assert both(given.folder / "export", "--other", other) == WRONG


def test_they_agree_on_proofs_of_growth(given, tmp_path):
    publish_roots(at=NOON + 5 * DAY)
    path = tmp_path / "growth.json"
    for first in range(17):
        for second in range(first, 17):
            keep(path, consistency(first, second))
            assert both("--consistency", path) == HOLDS
            assert both(given.folder / "export", "--consistency", path) == HOLDS


def test_they_agree_on_every_place(given, tmp_path):
    for entry in Entry.objects.placed().exclude(text=None):
        held = keep(tmp_path / "receipt.json", receipt(entry))
        place = keep(tmp_path / "proof.json", proof(entry))
        assert both(given.folder / "export", "--receipt", held, "--proof", place) == HOLDS
        first = keep(tmp_path / "first.json", first_receipt(entry.index))
        assert both(given.folder / "export", "--receipt", first) == HOLDS


def test_they_agree_on_what_is_public(given, record, tmp_path):
    path = tmp_path / "public.json"
    new = record.add("today", at=NOON + 3 * DAY)
    dropped = record.add("dropped", at=NOON)
    for entry, verdict in ((at_place(8), HOLDS), (new, NOT_COVERED), (dropped, WRONG)):
        keep(path, opened(entry, {"body": record.bodies[entry.leaf]}))
        assert both("--public", path) == HOLDS
        assert both(given.folder / "export", "--public", path) == verdict
        keep(path, opened(entry, None))
        assert both("--public", path) == WRONG


@pytest.mark.parametrize(
    "junk",
    [
        *("", "{}", "[]", "null", "7", '"text"', "[" * 100_000, "{" * 9, '{"format": 7}', "\x00"),
        *('{"index": 1e0}', '{"a": 1, "a": 1}', '{"a": NaN}', '{"a": 9007199254740993}'),
        '{"\\ud83d\\ude00": 1}',
        '{"a": "\\ud83d"}',
    ],
)
def test_they_agree_on_junk(given, junk):
    names = ["export/leaves.jsonl", "export/checkpoints.json", "receipt.json", "proof.json"]
    names += ["answers.json", "consistency.json", "public-note.json"]
    for name in names:
        before = (given.folder / name).read_text(encoding="utf-8")
        given.write(name, junk)
        assert both(*given.arguments()) == WRONG, name
        given.write(name, before)


def test_they_agree_that_numbers_and_names_beyond_are_not_read(given):
    """In a member of its own, with all the rest as it should be."""
    for more in ('"x": 1.0', '"x": 1e3', '"x": 9007199254740992', '"\U0001f600": 1'):
        for name in ("receipt.json", "public-note.json", "answers.json"):
            before = (given.folder / name).read_text(encoding="utf-8")
            given.write(name, f"{before.rstrip()[:-1]}, {more}}}")
            assert both(*given.arguments()) == WRONG, (name, more)
            given.write(name, before)


@pytest.mark.parametrize("main", [verify.main, stranger_verifier.main])
def test_a_call_without_anything_is_none(main):
    try:
        verdict = main([])
    except SystemExit as end:
        verdict = end.code
    assert verdict == 2


def test_nothing_is_kept_between_calls(given):
    wrong = Given(given.folder)
    before = (given.folder / "receipt.json").read_text()
    for _ in range(3):
        assert both(*given.arguments()) == HOLDS
        wrong.write("receipt.json", before.replace('"by"', '"buy"'))
        assert both(*given.arguments()) == WRONG
        given.write("receipt.json", before)


def test_a_key_that_no_entry_names_is_no_success_with_either(given, settings):
    """The first page called it wrong; today's does not, since it may be newer than the export."""
    settings.RECORD_KEYS, settings.SECRET_KEY = ["another"], "and another"
    given.write("export/checkpoints.json", public.checkpoints(15, tree.root(15)))
    words = [str(given.folder / "export")]
    assert VERDICTS[verify.main(words)] == NOT_COVERED
    assert VERDICTS[stranger_verifier.main(words)] == WRONG
