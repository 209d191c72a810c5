"""The process that reads a stranger's PDF form: its limits first, then its fields, then an end."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from portal.files.confinement import confine
from portal.files.limits import Limits

BOUNDS = Limits(seconds=8)
MOST_FIELDS = 5_000
MOST_CHARACTERS = 1_000_000
DEEPEST = 10
NOTE = "note-"
TYPED = ("/FreeText", "/Text")


def fields(data: bytes) -> dict[str, str] | None:
    """
    Return the name and value of each field that holds something, in the document's order.

    What was written on a page beside the fields is named `NOTE` and a number. None where the PDF
    opens with a password only; what merely forbids printing or copying opens.
    """
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return None
    form = _plain(reader.root_object.get("/AcroForm"))
    top = _plain(form.get("/Fields")) if isinstance(form, DictionaryObject) else None
    found: dict[str, str] = {}
    length = 0
    for name, value in _walk(top, "", 0, set()):
        length += len(name) + len(value)
        if len(found) >= MOST_FIELDS or length > MOST_CHARACTERS:
            break
        found.setdefault(name, value)
    for number, words in enumerate(_notes(reader), 1):
        length += len(words)
        if len(found) >= MOST_FIELDS or length > MOST_CHARACTERS:
            break
        found[f"{NOTE}{number}"] = words
    return found


def _notes(reader: PdfReader) -> Iterator[str]:
    """Yield what people typed onto the pages: as text, or as a note that opens."""
    for page in reader.pages:
        listed = _plain(page.get("/Annots"))
        for each in list.__iter__(listed) if isinstance(listed, ArrayObject) else ():
            item = _plain(each)
            if isinstance(item, DictionaryObject) and _plain(item.get("/Subtype")) in TYPED:
                words = _plain(item.get("/Contents"))
                if isinstance(words, str) and words.strip():
                    yield str(words)


def _walk(kids: Any, prefix: str, depth: int, seen: set[int]) -> Iterator[tuple[str, str]]:
    """Yield each field once, however the tree bites its own tail."""
    if not isinstance(kids, ArrayObject) or depth > DEEPEST:
        return
    for each in list.__iter__(kids):
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
        item = _plain(each)
        if not isinstance(item, DictionaryObject) or len(seen) > MOST_FIELDS * 4:
            continue
        own = _plain(item.get("/T"))
        name = ".".join(filter(None, (prefix, str(own) if own is not None else "")))
        value = _plain(item.get("/V"))
        if value is None and _plain(item.get("/FT")) == "/Btn":
            value = _plain(item.get("/AS"))
        if isinstance(value, str) and str(value).strip() and name:
            yield name, str(value)
        yield from _walk(_plain(item.get("/Kids")), name, depth + 1, seen)


def _plain(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def main() -> None:
    """Read a PDF from standard input; write its fields as JSON, or nothing where it is broken."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    confine(BOUNDS)
    try:
        answer = json.dumps(fields(sys.stdin.buffer.read()))
    except Exception:  # whatever a reader trips over is the file's doing
        return
    sys.stdout.write(answer)
