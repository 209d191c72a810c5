"""Any file that editors publish: what it is by its content, and what is made of it."""

from collections.abc import Callable

from portal.files.editorial import office_open, opendocument, package, pdf, pictures
from portal.files.editorial.result import Refused, Report
from portal.files.limits import Limits

SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
TEXTS = ("txt", "csv")
EXTENSIONS = {"jpg": "jpeg"}
# Tabs, ends of lines and pages; no other sign below the blank is text.
UNPRINTABLE = bytes(set(range(32)) - {9, 10, 12, 13})


def prepare(data: bytes, extension: str, report: Report, limits: Limits) -> bytes:
    """
    Return a file as it may be published, of the kind that its name says. Raises Refused.

    `extension` is that of the name, lower case, without the dot. What is prepared once is not
    changed by a second time, and reports the same as left.
    """
    wanted = EXTENSIONS.get(extension, extension)
    kind, make = recognise(data, wanted, limits)
    if kind is None:
        raise Refused("unrecognised", extension=extension)
    if kind != wanted:
        raise Refused("disguised", extension=extension, found=kind)
    return make(report)


def recognise(
    data: bytes, wanted: str, limits: Limits
) -> tuple[str | None, Callable[[Report], bytes]]:
    """Return the kind's key by content, None if it is not published, and what prepares it."""
    if b"%PDF-" in data[:1024]:
        return "pdf", lambda report: pdf.prepare(data, report, limits)
    if data[:4] == b"PK\3\4":
        files = package.unpack(data, limits)
        if kind := office_open.kind_of(files):
            return kind, lambda report: office_open.prepare(files, report, limits)
        kind = opendocument.kind_of(files)
        return kind, lambda report: opendocument.prepare(files, report, limits)
    found = next((kind for signature, kind in SIGNATURES if data.startswith(signature)), None)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        found = "webp"
    if found:
        return found, lambda report: pictures.encode(data, found, report, limits)
    return (wanted if wanted in TEXTS and is_text(data) else None), lambda report: data


def is_text(data: bytes) -> bool:
    """Say whether bytes are UTF-8 (or, with its mark, UTF-16) and hold no signs but text's."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not set(text.encode()) & set(UNPRINTABLE)
