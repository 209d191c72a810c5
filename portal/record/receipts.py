"""
Receipts: an entry, opened for whoever holds it, with the portal's signed promise of a place.

As Certificate Transparency's signed certificate timestamp: who has it need not trust us for the
entry to get into the tree. Proof of the place is fetched by the leaf once the day has ended.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from portal.record import keys, tree
from portal.record.models import Entry

FORMAT = "code-in-practice/receipt/2"
PROOF_FORMAT = "code-in-practice/proof/1"
CONSISTENCY_FORMAT = "code-in-practice/consistency/1"
# Days from that of the entry to that under whose root it will stand at the latest: what is
# committed just after its day was done gets its place with the next.
WITHIN = timedelta(days=1)


def receipt(entry: Entry) -> dict[str, Any]:
    """
    Return the receipt of an entry, ready to be written as JSON; the same each time.

    `by` is a UTC day: the first daily root of that day or a later one covers the entry. Raises
    ValueError for an entry that was erased: what it said is not known any more.
    """
    statement = entry.statement
    if statement is None or entry.salt is None:
        raise ValueError("An erased entry has no receipt.")
    # What was written before there was a record states the day on which it was entered as well.
    day = statement.get("entered") or statement.get("day") or str(entry.day)
    by = (date.fromisoformat(day) + WITHIN).isoformat()
    key, signature = keys.sign(promise(settings.BASE_URL, entry.leaf, by))
    return {
        "format": FORMAT,
        "portal": settings.BASE_URL,
        "statement": statement,
        "salt": bytes(entry.salt).hex(),
        "leaf": entry.leaf,
        "by": by,
        "key": key,
        "signature": signature,
    }


def promise(portal: str, leaf: str, by: str) -> bytes:
    """
    Return what a receipt's signature is over.

    Neither statement nor salt, which the leaf stands for: a promise that was broken can be shown
    to others without them.
    """
    return keys.message(FORMAT, {"portal": portal, "leaf": leaf, "by": by})


def proof(entry: Entry) -> dict[str, Any]:
    """Return where a placed entry stands and the proof of it, under the tree as it stands."""
    assert entry.index is not None
    size = tree.size()
    return {
        "format": PROOF_FORMAT,
        "leaf": entry.leaf,
        "index": entry.index,
        "tree_size": size,
        "root": tree.root(size).hex(),
        "proof": [each.hex() for each in tree.inclusion_proof(entry.index, size)],
    }


def consistency(first: int, second: int) -> dict[str, Any]:
    """Return the proof that the tree of `first` entries begins that of `second`; both are there."""
    return {
        "format": CONSISTENCY_FORMAT,
        "first": first,
        "second": second,
        "first_root": tree.root(first).hex(),
        "second_root": tree.root(second).hex(),
        "proof": [each.hex() for each in tree.consistency_proof(first, second)],
    }
