"""The public export: a directory that anybody can check with the script in it, without us."""

import json
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal.record import public, tree, verify
from portal.record.actions import publish_export
from portal.record.merkle import Edge

README = """\
The public record of {site}
{portal}/record/

leaves.jsonl      one line an entry, in order: its number, its leaf (a hash) and the root of the
                  tree that it ends; where an entry is public also its statement and its salt
checkpoints.json  the roots that were published: at the end of days, when consultations closed, and
                  for exports such as this one
verify.py         checks all of it; needs Python 3.8 or newer and no network

    python verify.py .

Read verify.py before you trust it: it is short for that reason. What is proven: that these entries
stood in this order under the published roots. Whether everybody was shown the same roots, you find
out by comparing them with others, or with a copy from another day.
"""


class RecordBroken(Exception):  # noqa: N818 - reads as it is
    """The leaves do not give the root that the record's own nodes give."""


def export(directory: Path, *, at: datetime) -> int:
    """
    Write the record as it stands into `directory`, made if need be; returns how many entries.

    Publishes the root that it is made under. Files are replaced whole. Raises RecordBroken and
    OSError.
    """
    directory.mkdir(parents=True, exist_ok=True)
    size = tree.size()
    root = tree.root(size)
    edge = Edge()
    _write(directory / "leaves.jsonl", public.leaves(size, edge))
    if edge.root() != root:
        raise RecordBroken
    with transaction.atomic():
        publish_export(size, root, at=at)
    _write(
        directory / "checkpoints.json", [json.dumps(public.checkpoints(size, root), indent=1), "\n"]
    )
    readme = README.format(site=settings.SITE_NAME, portal=settings.BASE_URL)
    _write(directory / "README.txt", [readme])
    shutil.copyfile(verify.__file__, directory / "verify.py")
    return size


def _write(path: Path, parts: Iterable[str]) -> None:
    unfinished = path.with_name(path.name + ".part")
    with open(unfinished, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
    os.replace(unfinished, path)
