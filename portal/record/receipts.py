"""Receipts: an entry, opened for whoever holds it, with the proof that it stands in the tree."""

from typing import Any

from django.conf import settings

from portal.record import tree
from portal.record.models import Entry

FORMAT = "code-in-practice/receipt/1"


def receipt(entry: Entry) -> dict[str, Any]:
    """
    The receipt of an entry under the tree as it stands, ready to be written as JSON.

    Raises ValueError for an entry that was erased: what it said is not known any more.
    """
    if entry.text is None or entry.salt is None:
        raise ValueError("An erased entry has no receipt.")
    size = tree.size()
    return {
        "format": FORMAT,
        "portal": settings.BASE_URL,
        "index": entry.index,
        "statement": entry.statement,
        "salt": bytes(entry.salt).hex(),
        "tree_size": size,
        "root": tree.root(size).hex(),
        "proof": [each.hex() for each in tree.inclusion_proof(entry.index, size)],
    }
