"""
A receipt that somebody hands in: read with care, and held against the record.

Nothing about it is kept. What is told of an entry that is not public, only a holder of its receipt
can learn: their salt is the proof.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.record import merkle, tree
from portal.record.digests import canonical, statement_hash
from portal.record.models import Checkpoint, Entry
from portal.record.receipts import FORMAT

LONGEST_PROOF = 64
_HASH = re.compile(r"[0-9a-f]{64}")


class Unreadable(Exception):  # noqa: N818 - reads as it is
    """It is no receipt; the message tells its holder why."""


@dataclass(frozen=True)
class Receipt:
    """A receipt whose every part has the form that it should have."""

    portal: str
    index: int
    statement: dict[str, Any]
    salt: bytes
    tree_size: int
    root: bytes
    proof: list[bytes]
    leaf: bytes


@dataclass(frozen=True)
class Verdict:
    """
    What was found: `wrong` says what does not match and where, and is empty where all does.

    `published` is the first published root that covers the entry; None where none does yet.
    `erased`: what it states was erased from the record since.
    """

    receipt: Receipt
    wrong: list[str] = field(default_factory=list)
    published: Checkpoint | None = None
    erased: bool = False

    @property
    def holds(self) -> bool:
        return not self.wrong


def read(text: str) -> Receipt:
    """The receipt that `text` is. Raises Unreadable."""
    try:
        given = json.loads(text, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        raise Unreadable(
            _("This cannot be read as a receipt: look at line %(line)s, near %(near)s.")
            % {"line": error.lineno, "near": _near(text, error.pos)}
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable(_("This cannot be read as a receipt.")) from None
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise Unreadable(
            _("This is not a receipt of the record: “format” should say %(format)s.")
            % {"format": FORMAT}
        )
    portal, statement = given.get("portal"), given.get("statement")
    if not isinstance(portal, str):
        raise _misses("portal")
    if not isinstance(statement, dict):
        raise _misses("statement")
    salt = _hash(given, "salt")
    try:
        leaf = statement_hash(salt, canonical(statement))
    except (TypeError, ValueError, RecursionError):
        raise _misses("statement") from None
    proof = given.get("proof")
    if not isinstance(proof, list) or len(proof) > LONGEST_PROOF:
        raise _misses("proof")
    return Receipt(
        portal=portal,
        index=_number(given, "index"),
        statement=statement,
        salt=salt,
        tree_size=_number(given, "tree_size"),
        root=_hash(given, "root"),
        proof=[_hash({"proof": each}, "proof") for each in proof],
        leaf=leaf,
    )


def judge(receipt: Receipt) -> Verdict:
    """Hold a receipt against the record as it stands, and against the roots published of it."""
    if receipt.portal != settings.BASE_URL:
        return Verdict(
            receipt,
            [_("“portal”: the receipt is of another portal, or this line of it was changed.")],
        )
    size = tree.size()
    if receipt.index >= size:
        return Verdict(receipt, [_("“index”: the record has no entry of this number.")])
    if not receipt.index < receipt.tree_size <= size:
        return Verdict(receipt, [_("“tree_size”: the record never had this size with this entry.")])
    try:
        return _held_against(receipt, Entry.objects.get(index=receipt.index))
    except (Entry.DoesNotExist, KeyError):  # a row is gone that the tree stands on
        return Verdict(receipt, [_broken()])


def _held_against(receipt: Receipt, entry: Entry) -> Verdict:
    wrong = [*_entry_wrong(receipt, entry), *_tree_wrong(receipt)]
    if not wrong and not merkle.verify_inclusion(
        receipt.leaf, receipt.index, receipt.tree_size, receipt.proof, receipt.root
    ):
        # The receipt is what we gave, and it does not hold: then the record itself was changed.
        wrong.append(_broken())
    published = Checkpoint.objects.filter(size__gt=receipt.index).order_by("size", "id").first()
    if published and bytes(published.root) != tree.root(published.size):
        wrong.append(_("The record does not match the root that was published of it."))
    return Verdict(receipt, wrong, published, entry.erased_by is not None)


def _broken() -> str:
    return _("The record does not hold itself together. Please keep the receipt.")


def _entry_wrong(receipt: Receipt, entry: Entry) -> list[str]:
    if bytes(entry.leaf_hash) == receipt.leaf:
        return []
    stated = entry.statement or {}
    holds_salt = entry.salt is not None and bytes(entry.salt) == receipt.salt
    if entry.public and entry.salt is not None and not holds_salt and stated == receipt.statement:
        return [_("“salt”: it is not that of this entry.")]
    if holds_salt:
        names = stated.keys() | receipt.statement.keys()
        parts = sorted(name for name in names if stated.get(name) != receipt.statement.get(name))
        return [
            _("“statement”: this part is not as it was entered: %(parts)s.")
            % {"parts": ", ".join(parts)}
        ]
    return [
        _("“statement”, “salt” or “index”: entry %(index)s was made of something else.")
        % {"index": receipt.index}
    ]


def _tree_wrong(receipt: Receipt) -> list[str]:
    """Which part of the proof is not the record's own."""
    wrong = []
    if receipt.root != tree.root(receipt.tree_size):
        wrong.append(
            _("“root” or “tree_size”: the record of %(size)s entries had another root.")
            % {"size": receipt.tree_size}
        )
    proof = tree.inclusion_proof(receipt.index, receipt.tree_size)
    if proof != receipt.proof:
        pairs = zip(proof, receipt.proof, strict=False)
        line = next((i for i, (ours, given) in enumerate(pairs, 1) if ours != given), None)
        wrong.append(
            _("“proof”: line %(line)s of it is not the record's.") % {"line": line}
            if line
            else _("“proof”: it is too long or too short.")
        )
    return wrong


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """One with the same key twice could be shown in one way and checked in another."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _near(text: str, position: int) -> str:
    found = " ".join(text[max(0, position - 10) : position + 10].split())
    return f"“{found}”" if found else _("the end")


def _misses(name: str) -> Unreadable:
    return Unreadable(
        _("“%(name)s” is missing from the receipt, or not as it should be.") % {"name": name}
    )


def _number(given: dict[str, Any], name: str) -> int:
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _misses(name)
    return value


def _hash(given: dict[str, Any], name: str) -> bytes:
    value = given.get(name)
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise _misses(name)
    return bytes.fromhex(value)
