"""Office files packed anew: their parts say no other day than that of the version."""

import io
import zipfile
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

PROPERTIES = "docProps/core.xml"


def at_midnight(day: date) -> datetime:
    """Return the only time that a file tells: the day's beginning, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def packed(parts: dict[str, bytes], day: date, *, stored: tuple[str, ...] = ()) -> bytes:
    """Return a package of parts, all of one day; those that are `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            part.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(part, content)
    return out.getvalue()


def packed_anew(made: bytes, day: date, language: str = "") -> bytes:
    """
    Return what a library packed at some time of today as a package of a day.

    `language` is told among its properties where the library cannot tell it.
    """
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    if language:
        end = b"</cp:coreProperties>"
        told = f"<dc:language>{escape(language)}</dc:language>".encode()
        parts[PROPERTIES] = parts[PROPERTIES].replace(end, told + end)
    return packed(parts, day)
