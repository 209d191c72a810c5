"""The export, and the script that checks it: by itself, with nothing of the portal at hand."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.record import keys, tree, verify
from portal.record.actions import append
from portal.record.hashing import content_digest, new_salt
from portal.record.models import Checkpoint, Entry
from portal.record.receipts import proof, receipt
from portal.record.sequencer import publish_roots
from tests.portal.record.conftest import DAY, NOON, at_place
from tests.portal.record.first_receipts import first_receipt

pytestmark = pytest.mark.django_db
NOT_YET = 3


@pytest.fixture
def exported(record, tmp_path):
    return export_to(tmp_path / "export")


def export_to(directory):
    call_command("export_record", str(directory), verbosity=0)
    return directory


def run(*arguments):
    """The script as anybody runs it: isolated from the portal and its libraries."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", verify.__file__, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def lines(directory):
    return (directory / "leaves.jsonl").read_text().splitlines(keepends=True)


def write(directory, changed):
    (directory / "leaves.jsonl").write_text("".join(changed))


def keep(path, value):
    path.write_text(json.dumps(value))
    return path


@pytest.fixture
def held(tmp_path):
    """Keep a receipt, or what somebody made of one, and return where."""
    return lambda given: keep(tmp_path / "receipt.json", given)


def test_the_script_stays_short_enough_to_read():
    assert len(Path(verify.__file__).read_text().splitlines()) <= 300


def test_an_untouched_export_is_accepted(exported):
    status, said = run(exported)
    assert status == 0
    assert "15 entries and 3 published roots hold" in said
    assert tree.root(15).hex() in said
    assert (exported / "verify.py").read_text() == Path(verify.__file__).read_text()
    assert "http" in (exported / "README.txt").read_text()


def test_the_keys_of_receipts_are_named_wherever_they_are_looked_for(exported):
    for key in keys.in_use():
        assert key in (exported / "FORMAT.txt").read_text()
        assert key in json.loads((exported / "checkpoints.json").read_text())["keys"]
        assert key in (exported / "leaves.jsonl").read_text()


def test_only_public_entries_are_opened(exported):
    placed = Entry.objects.placed().order_by("index")
    for line, entry in zip(lines(exported), placed, strict=True):
        shown = json.loads(line)
        opened = entry.public and not entry.is_erased
        assert ("statement" in shown, "salt" in shown) == (opened, opened)
        if not opened:
            assert shown.keys() == {"index", "leaf", "root"}


def test_the_same_record_gives_the_same_bytes_whatever_waits(exported, record, tmp_path):
    record.add("later on the same day", at=NOON + 3 * DAY)
    again = export_to(tmp_path / "again")
    for path in exported.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_an_export_changes_nothing_in_the_record(record, tmp_path):
    before = list(Checkpoint.objects.values_list())
    export_to(tmp_path / "export")
    assert list(Checkpoint.objects.values_list()) == before


def test_a_record_that_does_not_hold_is_not_exported(record, tmp_path):
    Entry.objects.filter(index=8).update(leaf="00" * 32)
    with pytest.raises(CommandError, match="verify_record"):
        call_command("export_record", str(tmp_path / "export"))


def test_a_place_that_cannot_be_written(record, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_record", str(tmp_path / "file" / "export"))


@pytest.mark.parametrize("index", [0, 5, 7, 14])
def test_a_touched_leaf_is_named(exported, index):
    whole = lines(exported)
    entry = json.loads(whole[index])
    entry["leaf"] = entry["leaf"].translate(str.maketrans("01", "10"))
    write(exported, [*whole[:index], json.dumps(entry) + "\n", *whole[index + 1 :]])
    status, said = run(exported)
    assert (status, said.startswith(f"Leaf {index} is wrong")) == (1, True)


def test_a_touched_statement_is_named(exported):
    whole = lines(exported)
    whole[8] = whole[8].replace("2026", "2025")
    write(exported, whole)
    assert run(exported)[1].startswith("Leaf 8 is wrong: its statement")


@pytest.mark.parametrize("index", [0, 7, 13, 14])
def test_a_missing_leaf_is_named(exported, index):
    whole = lines(exported)
    write(exported, whole[:index] + whole[index + 1 :])
    status, said = run(exported)
    assert (status, said.startswith(f"Leaf {index} is missing")) == (1, True)


def test_reordered_leaves_are_named(exported):
    whole = lines(exported)
    whole[7], whole[9] = (
        line.replace(f'"index":{old},', f'"index":{new},')
        for line, old, new in ((whole[9], 9, 7), (whole[7], 7, 9))
    )
    write(exported, whole)
    assert run(exported)[1].startswith("Leaf 7 is wrong")


@pytest.mark.parametrize(
    "junk",
    [
        *("", "{", "[]", "7", '{"index": 7}', "[" * 100_000, "\x00"),
        '{"index": 7, "leaf": "", "root": "", "statement": 7, "salt": ""}',
        '{"index": 7, "leaf": "", "root": "", "statement": {"kind": "record.key"}, "salt": ""}',
    ],
)
def test_a_leaf_that_cannot_be_read_is_named(exported, junk):
    whole = lines(exported)
    write(exported, [*whole[:7], junk + "\n", *whole[8:]])
    assert run(exported) == (1, "Leaf 7 cannot be read.\n")


def test_a_touched_root_is_named(exported):
    roots = json.loads((exported / "checkpoints.json").read_text())
    roots["checkpoints"][1]["root"] = "00" * 32
    keep(exported / "checkpoints.json", roots)
    status, said = run(exported)
    assert status == 1
    assert "look at leaves 6 to 12" in said


def test_a_receipt_holds_against_an_export_and_alone(exported, held):
    path = held(receipt(at_place(6)))
    status, said = run("--receipt", path)
    assert status == 0
    assert "signed with the key" in said
    status, said = run(exported, "--receipt", path)
    assert status == 0
    assert "Its entry is leaf 6 of this export" in said


def test_a_receipt_that_is_not_due_says_so(exported, record, held):
    status, said = run(exported, "--receipt", held(receipt(record.add("today", at=NOON + 3 * DAY))))
    assert status == NOT_YET
    assert "NOT COVERED yet: 2026-11-26 is the last day of this export" in said


def test_a_portal_that_dropped_an_answer_is_caught_by_its_own_signature(record, held, tmp_path):
    entry = record.add("unwelcome", public=False, at=NOON + 3 * DAY)
    path = held(receipt(entry))
    Entry.objects.filter(leaf=entry.leaf).delete()  # and its rows with it
    publish_roots(at=NOON + 4 * DAY)
    first = export_to(tmp_path / "first")
    assert run(first, "--receipt", path)[0] == NOT_YET  # promised by the end of the next day
    publish_roots(at=NOON + 5 * DAY)
    status, said = run(export_to(tmp_path / "second"), "--receipt", path)
    assert status == 1
    assert "THE PORTAL BROKE ITS PROMISE" in said
    assert "2026-11-28" in said


def test_a_promise_that_was_kept_is_no_broken_one(record, held, tmp_path):
    path = held(receipt(record.add("welcome", public=False, at=NOON + 3 * DAY)))
    publish_roots(at=NOON + 5 * DAY)
    assert run(export_to(tmp_path / "later"), "--receipt", path)[0] == 0


def test_a_key_that_the_record_does_not_name(exported, settings, held):
    """A forged receipt, or a portal that hides its key: never that it broke its word."""
    settings.RECORD_KEYS = ["somebody else's"]
    missing = append(kind="a", statement={}, public=False, at=NOON - DAY)
    for given in (receipt(at_place(6)), receipt(missing)):
        status, said = run(exported, "--receipt", held(given))
        assert status == 1
        assert "No entry names the receipt's key" in said


@pytest.mark.parametrize("field", ["salt", "statement", "leaf", "portal", "by", "key", "signature"])
def test_an_altered_receipt_is_refused(exported, held, field):
    given = receipt(at_place(6))
    swapped = str.maketrans("0123456789", "1234567890")
    if field == "statement":
        given[field] = {**given[field], "day": "2026-11-20"}
    else:
        given[field] = given[field].translate(swapped) + ("/" if field == "portal" else "")
    for arguments in ((), (exported,)):
        status, said = run(*arguments, "--receipt", held(given))
        assert status == 1
        assert "does not hold" in said


@pytest.mark.parametrize(("days", "expected"), [(0, 0), (1, 0), (2, 1), (400, 1)])
def test_a_receipt_promises_for_the_day_after_its_entry_at_the_latest(
    exported, held, monkeypatch, days, expected
):
    """A portal that signs a later day has promised less than it must."""
    monkeypatch.setattr("portal.record.receipts.WITHIN", days * DAY)
    path = held(receipt(at_place(6)))
    assert run("--receipt", path)[0] == run(exported, "--receipt", path)[0] == expected


def test_a_receipt_of_the_beginnings_is_held_to_its_own_proof_too(record, held, tmp_path):
    fetched = keep(tmp_path / "proof.json", proof(at_place(6)))
    assert run("--receipt", held(first_receipt(6)), "--proof", fetched)[0] == 0
    path = held(first_receipt(6) | {"root": "00" * 32, "by": "2099-01-01"})
    assert run("--receipt", path, "--proof", fetched)[0] == 1


def test_a_proof_that_was_fetched_is_checked_with_the_receipt(exported, held, tmp_path):
    path, given = held(receipt(at_place(6))), proof(at_place(6))
    fetched = keep(tmp_path / "proof.json", given)
    status, said = run("--receipt", path, "--proof", fetched)
    assert status == 0
    assert "entry 6 stands in the tree of 15 entries" in said
    assert run(exported, "--receipt", path, "--proof", fetched)[0] == 0
    for change in ({"root": "00" * 32}, {"index": 7}, {"leaf": at_place(7).leaf}, {"proof": []}):
        keep(fetched, given | change)
        assert run("--receipt", path, "--proof", fetched)[0] == 1
    assert run("--receipt", path, "--proof", keep(fetched, {}))[0] == 2


def test_a_proof_of_another_tree_is_refused(exported, record, held, tmp_path):
    publish_roots(at=NOON + 4 * DAY)
    path, fetched = held(receipt(at_place(6))), keep(tmp_path / "proof.json", proof(at_place(6)))
    assert run(exported, "--receipt", path, "--proof", fetched)[0] == 0  # its tree is a later one
    again = export_to(tmp_path / "again")
    assert run(again, "--receipt", path, "--proof", fetched)[0] == 0


def test_a_receipt_of_the_beginnings_still_holds(exported, record, held):
    path = held(first_receipt(6))
    assert run("--receipt", path)[0] == 0
    status, said = run(exported, "--receipt", path)
    assert status == 0
    assert "Its entry is leaf 6 of this export" in said
    publish_roots(at=NOON + 5 * DAY)
    assert run(exported, "--receipt", held(first_receipt(6)))[0] == 0  # of a later tree


def test_a_receipt_of_the_beginnings_may_be_newer_than_an_export(exported, record, held):
    publish_roots(at=NOON + 4 * DAY)
    status, said = run(exported, "--receipt", held(first_receipt(15)))
    assert status == NOT_YET
    assert "NOT COVERED yet" in said


def test_a_receipt_of_the_beginnings_of_another_record_is_refused(exported, record, held):
    Entry.objects.placed().delete()
    Checkpoint.objects.all().delete()
    for number in range(20):
        record.add(f"forged, {number}")
    publish_roots(at=NOON + 4 * DAY)
    path = held(first_receipt(6))  # of a tree larger than the export's, too
    assert run("--receipt", path)[0] == 0
    status, said = run(exported, "--receipt", path)
    assert status == 1
    assert "in another tree" in said


@pytest.mark.parametrize("field", ["salt", "root", "proof", "index", "tree_size", "statement"])
def test_an_altered_receipt_of_the_beginnings_is_refused(exported, held, field):
    given = first_receipt(6)
    swapped = str.maketrans("0123456789", "1234567890")
    given[field] = {
        "proof": [each.translate(swapped) for each in given["proof"]],
        "index": 7,
        "tree_size": 7,
        "statement": {**given["statement"], "day": "2026-11-20"},
    }.get(field) or given[field].translate(swapped)
    assert run("--receipt", held(given))[0] == 1


def test_a_size_that_the_proof_cannot_tell_is_told_by_an_export(exported, held):
    """The last step of a proof is the same hash in trees of 9 to 16: other copies decide."""
    assert run(exported, "--receipt", held(first_receipt(6) | {"tree_size": 9}))[0] == 1


def test_answers_are_held_against_the_receipt(tmp_path, held):
    salt, own = new_salt(), new_salt()
    content = {"answers": {"q1": {"value": "Où ça ?"}}}
    entry = append(
        kind="response.submitted",
        statement={"content_digest": content_digest(own, content)},
        public=False,
        at=NOON,
        salt=salt,
    )
    path = held(receipt(entry))
    answers = keep(tmp_path / "answers.json", {"salt": own.hex(), "content": content})
    assert run("--receipt", path, "--answers", answers)[0] == 0
    content["answers"]["q1"]["value"] = "Ou ça ?"
    keep(answers, {"salt": own.hex(), "content": content})
    assert run("--receipt", path, "--answers", answers)[0] == 1


@pytest.mark.parametrize(
    "junk",
    [
        *("", "{}", "[]", "null", '"text"', "7", "[" * 100_000, "{" * 9),
        '{"format": "code-in-practice/receipt/2"}',
        '{"format": "code-in-practice/receipt/2", "salt": "zz", "statement": {}, "leaf": "",'
        ' "portal": "", "by": "", "key": "", "signature": ""}',
    ],
)
def test_what_is_no_receipt_cannot_be_read(tmp_path, junk):
    (tmp_path / "receipt.json").write_text(junk)
    assert run("--receipt", tmp_path / "receipt.json")[0] == 2


def test_what_is_not_there_cannot_be_read(tmp_path):
    assert run(tmp_path / "nowhere")[0] == 2
    assert run()[0] == 2
    for name in ("--answers", "--proof"):
        assert run(name, tmp_path / "answers.json")[0] == 2


def test_an_old_python_reads_the_script():
    """Its syntax is that of Python 3.8; newer words in it would shut people out."""
    import ast

    ast.parse(Path(verify.__file__).read_text(), feature_version=(3, 8))
    assert shutil.which("python3")
