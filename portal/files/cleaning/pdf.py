"""
PDF rewritten as a whole with pypdf: one version, no metadata, nothing that acts.

The document is copied object by object from its root, so what only earlier versions hold, and
whatever stands between objects or behind the end, is not copied. Each object is looked at once.
"""

import io
import logging
import sys
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from portal.files.cleaning.pdf_streams import StreamBounds, clean_stream
from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

SCRIPTS = frozenset({"/JavaScript", "/Launch"})
ACTIVE = frozenset(
    {"/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute"}
    | {"/GoTo3DView", "/Trans3D"}
)
ACTIVE_ANNOTATIONS = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
ELSEWHERE = frozenset({"/GoToR", "/Thread"})
# A key, and the code of what its removal is called.
STRIPPED = {
    "/Metadata": "properties",
    "/PieceInfo": "custom",
    "/LastModified": "history",
    "/Thumb": "thumbnail",
    "/SpiderInfo": "paths",
    "/CreatorInfo": "properties",
    "/DSS": "signatures",
    "/Perms": "signatures",
    "/Legal": "signatures",
}
OF_ANNOTATIONS = {"/M": "authors", "/CreationDate": "authors", "/NM": "identifiers"}
END = b"%%EOF"


def clean(data: bytes, limits: Limits) -> tuple[bytes, set[str]]:
    """The document anew, and the codes of what was removed. Raises Refused."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    sys.setrecursionlimit(5_000)
    if END not in data[-1024:]:
        raise Refused("damaged")
    try:
        return rewrite(data, limits)
    except LimitReachedError:
        raise Refused("bomb") from None
    except PyPdfError as error:
        # A trailer that unpacks without end is reported as one that cannot be read.
        raise Refused("bomb" if "Limit reached" in str(error) else "damaged") from None


def rewrite(data: bytes, limits: Limits) -> tuple[bytes, set[str]]:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refused("encrypted")
    objects = sum(len(table) for table in reader.xref.values()) + len(reader.xref_objStm)
    if objects > limits.pdf_objects:
        raise Refused("pdf-objects")
    pages = len(reader.pages)
    if pages > limits.pdf_pages:
        raise Refused("pdf-pages", pages=limits.pdf_pages)
    if not pages:
        raise Refused("damaged")
    removed = what_the_trailer_told(reader, data)
    writer = PdfWriter()
    writer.clone_reader_document_root(reader)
    writer.metadata = None
    Cleaner(writer, limits, removed).run()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), removed


def what_the_trailer_told(reader: PdfReader, data: bytes) -> set[str]:
    removed = set()
    if reader.trailer.get("/Info") is not None:
        removed.add("properties")
    if reader.trailer.get("/ID") is not None:
        removed.add("identifiers")
    if reader.trailer.get("/Prev") is not None or data.count(END) > 1:
        removed.add("history")
    return removed


class Cleaner:
    """Walks every object that the root leads to, once; forgets the others."""

    def __init__(self, writer: PdfWriter, limits: Limits, removed: set[str]) -> None:
        self.writer = writer
        self.limits = limits
        self.removed = removed
        self.bounds = StreamBounds(limits)
        self.reached: set[int] = set()

    def run(self) -> None:
        root = self.writer.root_object
        assert root.indirect_reference is not None
        self.reached.add(root.indirect_reference.idnum)
        waiting: list[PdfObject] = [root]
        while waiting:
            item = waiting.pop()
            if isinstance(item, IndirectObject):
                if item.idnum in self.reached:
                    continue
                self.reached.add(item.idnum)
                found = item.get_object()
                if found is None:
                    continue
                item = found
            if isinstance(item, DictionaryObject):
                self.clean_dictionary(item)
                waiting.extend(dict.values(item))
            elif isinstance(item, ArrayObject):
                waiting.extend(list.__iter__(item))
        objects = self.writer._objects
        for place in range(len(objects)):
            if place + 1 not in self.reached:
                objects[place] = None

    def clean_dictionary(self, item: DictionaryObject) -> None:
        """Refuse what acts, take out what tells; a stream's data too."""
        self.refuse_active(item)
        self.refuse_oversized(item)
        for key, code in STRIPPED.items():
            if key in item:
                self.take_out(item, key, code)
        if "/Subtype" in item and ("/Rect" in item or plain(item, "/Type") == "/Annot"):
            self.clean_annotation(item)
        self.clean_actions(item)
        value = plain(item, "/V")
        if isinstance(value, DictionaryObject) and "/ByteRange" in value:
            self.take_out(item, "/V", "signatures")
        if isinstance(item, StreamObject):
            clean_stream(item, self.bounds, self.removed)

    def take_out(self, item: DictionaryObject, key: str, code: str) -> None:
        del item[NameObject(key)]
        self.removed.add(code)

    def refuse_active(self, item: DictionaryObject) -> None:
        subtype = plain(item, "/Subtype")
        if "/JS" in item or "/JavaScript" in item:
            raise Refused("scripts")
        if is_action(item):
            action = plain(item, "/S")
            if action in SCRIPTS:
                raise Refused("scripts")
            if action in ACTIVE:
                raise Refused("active")
            if action == "/GoToE":
                raise Refused("embedded")
        if "/XFA" in item:
            raise Refused("forms")
        if "/EF" in item or "/Collection" in item or subtype == "/FileAttachment":
            raise Refused("embedded")
        if subtype in ACTIVE_ANNOTATIONS and "/Rect" in item:
            raise Refused("active")

    def refuse_oversized(self, item: DictionaryObject) -> None:
        if plain(item, "/Subtype") == "/Image":
            width, height = number(item, "/Width"), number(item, "/Height")
            if width * height > self.limits.pdf_image_pixels:
                raise Refused("pixels", megapixels=self.limits.pdf_image_pixels // 1_000_000)
        for key in ("/MediaBox", "/CropBox"):
            box = plain(item, key)
            if isinstance(box, ArrayObject) and len(box) == 4:
                left, bottom, right, top = (as_number(side.get_object()) for side in box)
                if max(abs(right - left), abs(top - bottom)) > self.limits.pdf_page_points:
                    raise Refused("pdf-page-size")

    def clean_annotation(self, item: DictionaryObject) -> None:
        for key, code in OF_ANNOTATIONS.items():
            if key in item:
                self.take_out(item, key, code)
        # Of a form's field /T is the field's name, of a remark its author's.
        if "/T" in item and plain(item, "/Subtype") != "/Widget":
            self.take_out(item, "/T", "authors")

    def clean_actions(self, item: DictionaryObject) -> None:
        """Take out what leads to files of somebody's computer: their paths name its owner."""
        for key in ("/A", "/PA", "/OpenAction"):
            action = plain(item, key)
            if not isinstance(action, DictionaryObject):
                continue
            address = str(plain(action, "/URI") or "").strip().lower()
            local = address and not address.startswith(("http://", "https://", "mailto:", "#"))
            if plain(action, "/S") in ELSEWHERE or local:
                self.refuse_active(action)
                self.take_out(item, key, "paths")


def is_action(item: DictionaryObject) -> bool:
    """Whether /S names an action; in a document's structure it names a paragraph's role."""
    return "/S" in item and plain(item, "/Type") in (None, "/Action") and "/Pg" not in item


def plain(item: DictionaryObject, key: str) -> Any:
    """A value with the reference to it followed; None for nothing."""
    value = item.raw_get(key) if key in item else None
    return value.get_object() if isinstance(value, IndirectObject) else value


def as_number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def number(item: DictionaryObject, key: str) -> float:
    return as_number(plain(item, key))
