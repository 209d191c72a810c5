"""Whatever single thing is changed in an export or in what belongs to it, the script finds it."""

import json

import pytest

from portal.record import verify
from portal.record.public import opened
from portal.record.receipts import consistency, proof, receipt
from portal.record.sequencer import publish_roots
from tests.portal.record.conftest import DAY, NOON, at_place
from tests.portal.record.first_receipts import first_receipt
from tests.portal.record.single_changes import Given, changes
from tests.portal.record.test_export import export_to

pytestmark = pytest.mark.django_db
COUNT = 200


@pytest.fixture
def given(record, tmp_path):
    """An export of the record in which all that can be held is covered."""
    made = Given(tmp_path / "given")
    export_to(tmp_path / "whole")
    for name in ("leaves.jsonl", "checkpoints.json"):
        made.write(f"export/{name}", (tmp_path / "whole" / name).read_text(encoding="utf-8"))
    made.write("receipt.json", receipt(at_place(6)))
    made.write("proof.json", proof(at_place(6)))
    made.write("consistency.json", consistency(9, 15))
    made.write("public-note.json", opened(at_place(8), {"body": record.bodies[at_place(8).leaf]}))
    made.write("public-nothing-shown.json", opened(at_place(12), None))
    salt = bytes(at_place(6).salt).hex()
    made.write("answers.json", {"salt": salt, "content": {"body": record.bodies[at_place(6).leaf]}})
    return made


def missed(given, count=COUNT):
    """The changes that the script lets pass."""
    found = []
    for change in changes(given, count):
        before = (given.folder / change.name).read_text(encoding="utf-8")
        given.write(change.name, change.text)
        if verify.main(given.arguments()) not in (1, 2):
            found.append(f"{change.name}: {change.what}")
        given.write(change.name, before)
    return found


def test_each_of_two_hundred_single_changes_is_found(given):
    assert verify.main(given.arguments()) == 0
    assert missed(given) == []
    assert verify.main(given.arguments()) == 0


def test_each_change_of_a_receipt_of_the_beginnings_is_found(given):
    given.write("receipt.json", first_receipt(6))
    (given.folder / "proof.json").unlink()
    assert verify.main(given.arguments()) == 0
    assert [each for each in missed(given) if "receipt" in each] == []


def cut(given, size, **more):
    """The export as somebody cuts it who has no key: its first leaves, and what stands on them."""
    whole = given.folder / "export"
    lines = (whole / "leaves.jsonl").read_text().splitlines(keepends=True)[:size]
    told = json.loads((whole / "checkpoints.json").read_text())
    told["checkpoints"] = [each for each in told["checkpoints"] if each["size"] <= size]
    told |= {"size": size, "root": json.loads(lines[-1])["root"], **more}
    given.write("export/leaves.jsonl", "".join(lines))
    given.write("export/checkpoints.json", told)


def without_signatures(told):
    return [
        {name: value for name, value in each.items() if name not in ("key", "signature")}
        for each in told
    ]


def only_receipt(given):
    for path in given.folder.glob("*.json"):
        if path.name != "receipt.json":
            path.unlink()


@pytest.mark.parametrize("size", [1, 5, 6])
def test_an_export_from_which_the_receipt_s_entry_was_cut_away_fails(given, size, capsys):
    only_receipt(given)
    cut(given, size)
    assert verify.main(given.arguments()) == 1
    assert "A signature does not hold" in capsys.readouterr().out


@pytest.mark.parametrize("kept", ["receipt/2", "receipt/1"])
def test_nor_does_it_help_to_hand_it_out_in_the_older_form(given, kept, capsys):
    """There nothing is signed; but what is not covered is said, and is no success."""
    only_receipt(given)
    given.write("receipt.json", receipt(at_place(6)) if kept == "receipt/2" else first_receipt(6))
    told = json.loads((given.folder / "export/checkpoints.json").read_text())
    older = {name: told[name] for name in ("portal", "size", "root", "keys")}
    older["format"] = "code-in-practice/record/1"
    older["checkpoints"] = without_signatures(told["checkpoints"])
    given.write("export/checkpoints.json", older)
    assert verify.main(given.arguments()) == 0
    cut(given, 6)
    assert verify.main(given.arguments()) == 3
    said = capsys.readouterr().out
    assert "WEAKER" in said
    assert "NOT COVERED" in said


def test_leaves_that_no_published_root_covers_cover_no_receipt(given, record, capsys):
    """The portal itself may hand out any size; only published roots count."""
    from portal.record import public, tree

    only_receipt(given)
    given.write("export/leaves.jsonl", "".join(public.leaves(7)))
    given.write("export/checkpoints.json", public.checkpoints(7, tree.root(7)))
    given.write("receipt.json", receipt(at_place(6)))
    assert verify.main(given.arguments()) == 3
    assert "NOT COVERED" in capsys.readouterr().out


def test_an_entry_that_came_later_than_was_promised_is_a_broken_promise(given, record, capsys):
    only_receipt(given)
    late = record.add("held back", public=False, at=NOON)
    given.write("receipt.json", receipt(late))  # promised by the day after; that has its root
    publish_roots(at=NOON + 5 * DAY)
    export_to(given.folder / "export")
    assert verify.main(given.arguments()) == 1
    assert "THE PORTAL BROKE ITS PROMISE: the root of 2026-11-25" in capsys.readouterr().out
