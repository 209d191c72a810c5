"""Whether a rebuilt file is what we write and nothing else: every part of it is of a known kind."""

import io
import struct
import zipfile
from collections.abc import Iterator

import pikepdf

from portal.files.rebuilding.result import Rebuilt

# Every name that a document of drawn pages is written with.
PDF_NAMES = """
    /Type /Catalog /Pages /Page /Kids /Count /Parent /MediaBox /Resources /Contents /XObject
    /P /Image /Subtype /Width /Height /BitsPerComponent /ColorSpace /DeviceGray /DeviceRGB
    /Indexed /Filter /FlateDecode /DCTDecode /Length /Font /Type3 /FontBBox /FontMatrix
    /CharProcs /g /Encoding /Differences /FirstChar /LastChar /Widths /ToUnicode /ID /Root
    /Size /XRef /W /Index /DecodeParms /Columns /Predictor /ObjStm /N /First
"""
XLSX_PARTS = (
    "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml",
    "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/theme/theme1.xml",
    "xl/sharedStrings.xml", "xl/worksheets/sheet",
)  # fmt: skip
PNG_CHUNKS = (b"IHDR", b"IDAT", b"IEND")
# Start, tables, frames (baseline and progressive), scans, and JFIF's head.
JPEG_SEGMENTS = (0xD8, 0xE0, 0xDB, 0xC4, 0xC0, 0xC2, 0xDA, 0xD9)


def require_inert(made: Rebuilt) -> None:
    """Fails for anything in the file that we do not write ourselves."""
    match made.kind:
        case "pdf":
            strange = {name for name in names_in(made.data) if not name.startswith("/F")} - set(
                PDF_NAMES.split()
            )
            assert not strange
        case "xlsx":
            with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
                assert all(name.startswith(XLSX_PARTS) for name in archive.namelist())
                sheets = [archive.read(n) for n in archive.namelist() if "/sheet" in n]
                assert not any(b"<f" in xml or b"r:id" in xml for xml in sheets)
                assert b"External" not in archive.read("xl/_rels/workbook.xml.rels")
        case "png":
            assert set(chunks(made.data)) <= set(PNG_CHUNKS)
        case "jpeg":
            assert set(segments(made.data)) <= set(JPEG_SEGMENTS)
        case "txt" | "csv":
            assert made.data.decode().isprintable() or not set(made.data) & {0, 8, 27}
        case _:
            raise AssertionError(made.kind)


def names_in(data: bytes) -> Iterator[str]:
    """Every name, key or value, in every object of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as document:
        waiting: list[pikepdf.Object] = [document.trailer, *document.objects]
        while waiting:
            item = waiting.pop()
            if isinstance(item, pikepdf.Name):
                yield str(item)
            elif isinstance(item, pikepdf.Array):
                waiting += [each for each in item if isinstance(each, pikepdf.Object)]
            elif isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
                for key, value in item.items():
                    yield key
                    if isinstance(value, pikepdf.Object) and not value.is_indirect:
                        waiting.append(value)


def chunks(data: bytes) -> Iterator[bytes]:
    """The kinds of a PNG's chunks, to the file's last byte."""
    place = 8
    while place < len(data):
        (length,) = struct.unpack_from("!I", data, place)
        yield data[place + 4 : place + 8]
        place += 12 + length


def segments(data: bytes) -> Iterator[int]:
    """The kinds of a JPEG's segments, to the file's last byte."""
    place = 0
    while place < len(data):
        assert data[place] == 0xFF
        kind = data[place + 1]
        yield kind
        place += 2
        if kind not in (0xD8, 0xD9):
            place += struct.unpack_from("!H", data, place)[0]
        if kind == 0xDA:
            while data[place] != 0xFF or data[place + 1] == 0 or 0xD0 <= data[place + 1] <= 0xD7:
                place += 1
