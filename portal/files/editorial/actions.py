"""Preparing a file for publication: scanned, then read and written in a process of its own."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File

from portal.files.editorial.messages import refusal
from portal.files.errors import ScannerUnavailable
from portal.files.limits import MEGABYTE, Limits
from portal.files.sandbox import ask_apart, limits
from portal.files.scanning import Verdict, scan

# What a document may be; pictures come in by a form of their own.
DOCUMENTS = ("csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx")
MOST_BYTES = 20 * MEGABYTE
START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from portal.files.editorial.child import main; main(sys.argv[2])"
)

# Of its own: an editor does not wait for what strangers have sent.
_turn = threading.BoundedSemaphore(Limits().at_once)


@dataclass(frozen=True)
class Prepared:
    """A file as it may be published; `removed` and `left` as `report.Report` has them."""

    data: bytes
    removed: Sequence[str]
    left: Sequence[tuple[str, str]]


def prepare(file: File, name: str) -> Prepared:
    """
    Check a file that an editor publishes and take out what names people.

    `name` is what it is called; its ending says what it has to be. Raises FileRefused with a
    sentence for the editor. It may take seconds.
    """
    if file.size > MOST_BYTES:
        raise refusal("too-large")
    data = b"".join(file.chunks())
    try:
        if data and scan(data) is Verdict.INFECTED:
            raise refusal("infected")
    except ScannerUnavailable:
        raise refusal("unscanned") from None
    return examine(data, name)


def examine(data: bytes, name: str) -> Prepared:
    """Examine it without the scanner, for a file that has been published already."""
    order = {"extension": PurePath(name).suffix.removeprefix(".").lower()}
    with _turn:
        answer, body = ask_apart(START, data, order, limits())
    if code := answer.get("refused"):
        raise refusal(code, **answer["parameters"])
    left = [(code, text) for code, text in answer["left"]]
    return Prepared(data=body, removed=answer["removed"], left=left)
