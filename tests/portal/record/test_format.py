"""FORMAT.txt: enough to write a verifier, and never behind the code that it explains."""

import hashlib
import json
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal.record import examples, export, receipts, verify
from portal.record.checkpoints import FORMAT as CHECKPOINT
from portal.record.public import FORMAT, PUBLIC_FORMAT
from portal.record.verification.parsing import FIRST_FORMAT

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The files of the example, as a reader types them off."""
    text = export.formats()
    for name in examples.files():
        lines = text.split(f"\n{name}:\n")[1].split("\n\n")[0]
        (tmp_path / name).write_text(lines + "\n", encoding="utf-8")
    return tmp_path


def verdict(folder, **changed):
    for name, text in changed.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return verify.main(
        [
            str(folder),
            *("--receipt", str(folder / "receipt.json"), "--answers", str(folder / "answers.json")),
            *("--proof", str(folder / "proof.json"), "--other", str(folder)),
            *("--consistency", str(folder / "consistency.json")),
            *("--public", str(folder / "7.json")),
        ]
    )


def test_every_format_that_we_write_or_read_is_described():
    text = export.formats()
    for each in (
        *(FORMAT, PUBLIC_FORMAT, CHECKPOINT, FIRST_FORMAT, "code-in-practice/record/1"),
        *(receipts.FORMAT, receipts.PROOF_FORMAT, receipts.CONSISTENCY_FORMAT),
    ):
        assert each in text
    assert not re.search(r"\{(portal|keys|example)\}", text)


def test_the_script_reads_the_example(folder):
    assert verdict(folder) == 0
    assert verdict(folder, answers_json='{"salt": "", "content": {}}') in (1, 2)


def test_the_example_is_made_with_nothing_but_what_the_page_says(folder):
    """Not by our code: leaf, node, digest and signature are written down here again."""

    def plain(value):
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return text.encode()

    told = {name: (folder / name).read_text(encoding="utf-8") for name in examples.files()}
    receipt, answers = json.loads(told["receipt.json"]), json.loads(told["answers.json"])
    first, second, third = map(json.loads, told["leaves.jsonl"].splitlines())
    salted = bytes.fromhex(receipt["salt"]) + plain(receipt["statement"])
    assert hashlib.sha256(b"\x00" + salted).hexdigest() == second["leaf"] == receipt["leaf"]
    pair = bytes.fromhex(first["leaf"] + second["leaf"])
    assert hashlib.sha256(b"\x01" + pair).hexdigest() == second["root"]
    pair = bytes.fromhex(second["root"] + third["leaf"])
    assert hashlib.sha256(b"\x01" + pair).hexdigest() == third["root"]
    salted = bytes.fromhex(answers["salt"]) + plain(answers["content"])
    assert hashlib.sha256(salted).hexdigest() == receipt["statement"]["content_digest"]
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(receipt["key"]))
    promise = {name: receipt[name] for name in ("by", "leaf", "portal")}
    message = b"code-in-practice/receipt/2\n" + plain(promise)
    key.verify(bytes.fromhex(receipt["signature"]), message)
    listed = json.loads(told["checkpoints.json"])
    for kind, each in (("record/2", listed), ("checkpoint/1", listed["checkpoints"][0])):
        rest = {name: value for name, value in each.items() if name != "signature"}
        message = f"code-in-practice/{kind}\n".encode() + plain(rest)
        key.verify(bytes.fromhex(each["signature"]), message)


def test_the_example_does_not_change():
    """Whoever wrote a verifier by it finds the same bytes for ever."""
    assert examples.leaves()[2].hex().startswith("1fef8555376550bde2d33724bdeb62c1")
    made = json.dumps(examples.files(), sort_keys=True).encode()
    assert hashlib.sha256(made).hexdigest() == EXAMPLE


def test_the_bytes_that_are_shown_are_those_that_are_hashed():
    text = export.formats()
    shown = text.split("Entry 1, canonical JSON, as text and as bytes:\n")[1].split("\nleaf 0")[0]
    written, *rows = shown.splitlines()
    assert bytes.fromhex("".join(rows)) == written.encode()
    salted = examples.SALTS[1] + written.encode()
    assert hashlib.sha256(b"\x00" + salted).digest() == examples.leaves()[1]


# Of all files of the example.
EXAMPLE = "5e3cbb78a8c71ba459eed16b8966d29b19824ef3c56a1815a16120fba4c49f65"
