"""
The public form of the record: every leaf, and what the public ones say.

Of days that have ended; what waits for its place is nowhere in it. Of an entry that is not public
nothing is shown but its hash: neither kind nor day. Each line also has the root of the tree that
it ends, so that whoever checks it can name the first wrong leaf. The same record gives the same
bytes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings

from portal.record import keys, tree
from portal.record.checkpoints import described
from portal.record.merkle import Edge
from portal.record.models import Checkpoint, Entry

FORMAT = "code-in-practice/record/2"
PUBLIC_FORMAT = "code-in-practice/public/1"


def leaves(size: int, edge: Edge | None = None) -> Iterator[str]:
    """Yield the first `size` entries, a JSON line each, in constant memory; `edge` grows along."""
    edge = edge or Edge()
    for batch in Entry.objects.filter(index__lt=size).in_order():
        for entry in batch:
            edge.add(entry.leaf_hash)
            line: dict[str, Any] = {
                "index": entry.index,
                "leaf": entry.leaf,
                "root": edge.root().hex(),
            }
            if entry.public and entry.text is not None and entry.salt is not None:
                line["salt"] = bytes(entry.salt).hex()
                line["statement"] = entry.statement
            yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def named(size: int) -> tuple[str, str]:
    """
    Return what tells the export's first `size` entries from every other: quick, as JSON values.

    The root names every leaf, and the digest which of them are open: that changes on any day.
    """
    opened = Entry.objects.filter(
        index__lt=size, public=True, text__isnull=False, salt__isnull=False
    )
    digest = hashlib.sha256()
    for index in opened.order_by("index").values_list("index", flat=True).iterator():
        digest.update(f"{index},".encode())
    return tree.root(size).hex(), digest.hexdigest()


def checkpoints(size: int, root: bytes) -> dict[str, Any]:
    """
    Return the published roots of at most `size` entries, `root`, the one of all of them, and the
    keys that receipts are signed with; all of it signed.
    """
    stated = {
        "format": FORMAT,
        "portal": settings.BASE_URL,
        "size": size,
        "root": root.hex(),
        "checkpoints": [described(each) for each in _published(size)],
        "keys": keys.published(),
    }
    return keys.signed(FORMAT, stated, size)


def opened(entry: Entry, content: Mapping[str, Any] | None) -> dict[str, Any]:
    """
    Return an entry that is open to everybody, and what was written of which it has the digest.

    `content` is None where it speaks of no words, or of words that are not shown any more.
    """
    return {
        "format": PUBLIC_FORMAT,
        "portal": settings.BASE_URL,
        "leaf": entry.leaf,
        "statement": entry.statement,
        "salt": bytes(entry.salt or b"").hex(),
        "content": content,
    }


def _published(size: int) -> Sequence[Checkpoint]:
    return list(Checkpoint.objects.filter(size__lte=size).order_by("size", "day", "id"))
