"""The export, and the script that checks it: by itself, with nothing of the portal at hand."""

import json
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.record import tree, verify
from portal.record.actions import append
from portal.record.digests import content_digest, new_salt
from portal.record.models import Checkpoint, Entry
from portal.record.receipts import receipt
from tests.portal.record.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(record, tmp_path):
    call_command("export_record", str(tmp_path / "export"), verbosity=0)
    return tmp_path / "export"


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


def test_the_script_stays_short_enough_to_read():
    assert len(Path(verify.__file__).read_text().splitlines()) <= 150


def test_an_untouched_export_is_accepted(exported):
    status, said = run(exported)
    assert status == 0
    assert "15 entries and 3 published roots hold" in said
    assert tree.root(15).hex() in said
    assert (exported / "verify.py").read_text() == Path(verify.__file__).read_text()
    assert "http" in (exported / "README.txt").read_text()


def test_only_public_entries_are_opened(exported):
    for line, entry in zip(lines(exported), Entry.objects.order_by("index"), strict=True):
        shown = json.loads(line)
        opened = entry.public and entry.erased_by is None
        assert ("statement" in shown, "salt" in shown) == (opened, opened)
        if not opened:
            assert shown.keys() == {"index", "leaf", "root"}


def test_the_same_record_gives_the_same_bytes(exported, tmp_path):
    call_command("export_record", str(tmp_path / "again"), verbosity=0)
    for path in exported.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_an_export_publishes_its_root(exported):
    assert Checkpoint.objects.get(occasion="export").size == 15


def test_a_record_that_does_not_hold_is_not_exported(record, tmp_path):
    Entry.objects.filter(index=8).update(leaf_hash=bytes(32))
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


@pytest.mark.parametrize("junk", ["", "{", "[]", "7", '{"index": 7}', "[" * 100_000, "\x00"])
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


def test_a_receipt_holds_against_an_export_and_alone(exported, tmp_path):
    held = keep(tmp_path / "receipt.json", receipt(Entry.objects.get(index=6)))
    assert run("--receipt", held)[0] == 0
    status, said = run(exported, "--receipt", held)
    assert status == 0
    assert "its entry is leaf 6 of this export" in said


def test_a_receipt_newer_than_the_export_is_checked_alone(exported, record, tmp_path):
    held = keep(tmp_path / "receipt.json", receipt(record.add("later")))
    status, said = run(exported, "--receipt", held)
    assert status == 0
    assert "newer than this export" in said


def test_a_forged_receipt_cannot_hide_behind_a_tree_newer_than_the_export(
    exported, record, tmp_path
):
    genuine = receipt(Entry.objects.get(index=6))
    size = tree.size() + 1
    Entry.objects.all().delete()
    for number in range(size):
        record.add(f"forged, {number}")
    forged = receipt(Entry.objects.get(index=6))
    assert forged["tree_size"] > genuine["tree_size"]
    status, said = run(exported, "--receipt", keep(tmp_path / "receipt.json", forged))
    assert status == 1
    assert "in another tree" in said


def test_an_entry_of_the_export_is_found_for_a_receipt_given_later(exported, record, tmp_path):
    record.add("later")
    held = keep(tmp_path / "receipt.json", receipt(Entry.objects.get(index=6)))
    status, said = run(exported, "--receipt", held)
    assert status == 0
    assert "its entry is leaf 6 of this export" in said


def test_a_receipt_of_another_record_is_refused(exported, tmp_path, record):
    Entry.objects.all().delete()
    for number in range(15):
        record.add(f"forged, {number}")
    held = keep(tmp_path / "receipt.json", receipt(Entry.objects.get(index=6)))
    assert run("--receipt", held)[0] == 0
    status, said = run(exported, "--receipt", held)
    assert status == 1
    assert "in another tree" in said


@pytest.mark.parametrize("field", ["salt", "root", "proof", "index", "tree_size", "statement"])
def test_an_altered_receipt_is_refused(exported, tmp_path, field):
    held = receipt(Entry.objects.get(index=6))
    swapped = str.maketrans("0123456789", "1234567890")
    held[field] = {
        "proof": [each.translate(swapped) for each in held["proof"]],
        "index": 7,
        "tree_size": 7,
        "statement": {**held["statement"], "day": "2026-11-20"},
    }.get(field) or held[field].translate(swapped)
    assert run("--receipt", keep(tmp_path / "receipt.json", held))[0] == 1


def test_a_size_that_the_proof_cannot_tell_is_told_by_an_export(exported, tmp_path):
    """The last step of a proof is the same hash in trees of 9 to 16: other copies decide."""
    held = receipt(Entry.objects.get(index=6)) | {"tree_size": 9}
    assert run(exported, "--receipt", keep(tmp_path / "receipt.json", held))[0] == 1


def test_answers_are_held_against_the_receipt(tmp_path):
    salt, own = new_salt(), new_salt()
    content = {"answers": {"q1": {"value": "Où ça ?"}}}
    entry = append(
        kind="response.submitted",
        statement={"content_digest": content_digest(own, content)},
        public=False,
        at=NOON,
        salt=salt,
    )
    held = keep(tmp_path / "receipt.json", receipt(entry))
    answers = keep(tmp_path / "answers.json", {"salt": own.hex(), "content": content})
    assert run("--receipt", held, "--answers", answers)[0] == 0
    content["answers"]["q1"]["value"] = "Ou ça ?"
    keep(answers, {"salt": own.hex(), "content": content})
    assert run("--receipt", held, "--answers", answers)[0] == 1


@pytest.mark.parametrize("junk", ["", "{}", "[]", "null", '"text"', "7", "[" * 100_000, "{" * 9])
def test_what_is_no_receipt_cannot_be_read(tmp_path, junk):
    (tmp_path / "receipt.json").write_text(junk)
    assert run("--receipt", tmp_path / "receipt.json")[0] == 2


def test_what_is_not_there_cannot_be_read(tmp_path):
    assert run(tmp_path / "nowhere")[0] == 2
    assert run()[0] == 2
    assert run("--answers", tmp_path / "answers.json")[0] == 2


def test_roots_are_published_by_command(record):
    said = StringIO()
    call_command("publish_roots", stdout=said)
    assert said.getvalue().startswith("daily: 15 entries, ")
    call_command("publish_roots", stdout=(again := StringIO()))
    assert again.getvalue() == ""


def test_an_old_python_reads_the_script(tmp_path):
    """Its syntax is that of Python 3.8; newer words in it would shut people out."""
    import ast

    ast.parse(Path(verify.__file__).read_text(), feature_version=(3, 8))
    assert shutil.which("python3")
