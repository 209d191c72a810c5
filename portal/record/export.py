"""The public export: a directory that anybody can check with the script in it, without us."""

import json
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from portal.record import examples, keys, public, tree, verify
from portal.record.merkle import Edge

FORMAT = Path(__file__).with_name("FORMAT.txt")

README = """\
The public record of {site}
{portal}/record/

leaves.jsonl      one line an entry: its place, its leaf (a hash) and the root of the tree that it
                  ends; where an entry is public also its statement and its salt
checkpoints.json  the roots that were published, at the end of days and when consultations closed,
                  and the keys that receipts are signed with
verify.py         checks all of it, and receipts; needs Python 3.8 or newer and no network
FORMAT.txt        how all of it is made, to the byte: enough to write a verifier of one's own

    python verify.py .                         these files
    python verify.py . --receipt receipt.json  and that the entry of a receipt is here
    python verify.py . --other ../yesterday    and that another export shows the same record
    python verify.py . --public 12.json        and that a comment or a response is as it was entered
    python verify.py . --key 0123…             and that this key has signed it, and no other

It ends with 0 where all of it holds, 1 where something does not, 2 where something cannot be read,
and 3 where nothing is wrong, but this export does not cover the receipt or the file: a later one
must. A receipt that this export does not cover has not been kept by it. It ends with 3, too, where
no entry names a key that signed: that key is newer than the export, or not the portal's.

Read verify.py before you trust it: it is short for that reason. What is proven: that these entries
stood in this order under the published roots. Anybody can make such a record with a key of their
own: compare the keys that verify.py names with keys from elsewhere. Whether everybody was shown the
same roots, you find out by comparing them with others, or with a copy from another day. Entries of
a day that has not ended are not here; where an entry stands within its day, chance decided.
"""


class RecordBroken(Exception):  # noqa: N818 - reads as it is
    """The leaves do not give the root that the record's own nodes give."""


def export(directory: Path) -> int:
    """
    Write the record of all ended days into `directory`, made if need be; return how many entries.

    Files are replaced whole. Raises RecordBroken and OSError.
    """
    directory.mkdir(parents=True, exist_ok=True)
    size = tree.size()
    root = tree.root(size)
    edge = Edge()
    _write(directory / "leaves.jsonl", public.leaves(size, edge))
    if edge.root() != root:
        raise RecordBroken
    _write(
        directory / "checkpoints.json", [json.dumps(public.checkpoints(size, root), indent=1), "\n"]
    )
    readme = README.format(site=settings.SITE_NAME, portal=settings.BASE_URL)
    _write(directory / "README.txt", [readme])
    _write(directory / "FORMAT.txt", [formats()])
    shutil.copyfile(verify.__file__, directory / "verify.py")
    return size


def formats() -> str:
    """Return how everything here is made, with an example and the keys in use, as plain text."""
    text = FORMAT.read_text(encoding="utf-8")
    filled = {
        "portal": settings.BASE_URL,
        "example": examples.written_out(),
        "keys": "\n".join(keys.published()),
    }
    return re.sub(r"\{(portal|example|keys)\}", lambda found: filled[found[1]], text)


def _write(path: Path, parts: Iterable[str]) -> None:
    unfinished = path.with_name(path.name + ".part")
    with open(unfinished, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
    os.replace(unfinished, path)
