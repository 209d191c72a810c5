"""Receipts as the record gave them in its beginnings, which people still hold."""

from django.conf import settings

from portal.record import tree
from portal.record.models import Entry


def first_receipt(index):
    """Of the entry that stands there, with the proof of its place in the tree as it stands."""
    entry, size = Entry.objects.get(index=index), tree.size()
    return {
        "format": "code-in-practice/receipt/1",
        "portal": settings.BASE_URL,
        "index": index,
        "statement": entry.statement,
        "salt": bytes(entry.salt).hex(),
        "tree_size": size,
        "root": tree.root(size).hex(),
        "proof": [each.hex() for each in tree.inclusion_proof(index, size)],
    }
