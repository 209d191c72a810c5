"""
What a file is, by its content; never by its name.

What is refused is named only so that people learn what they tried to attach.
"""

import io
import re
import zipfile
import zlib

from portal.files.rebuilding.result import Refused

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"<?php", "program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"%!PS", "postscript"),
    (b"OggS", "media"),
    (b"ID3", "media"),
    (b"\x1a\x45\xdf\xa3", "media"),
    (b"L\0\0\0\x01\x14\x02\0", "shortcut"),
    (b"[InternetShortcut]", "shortcut"),
)
MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*"
    rb"<(?:(?P<svg>(?:!doctype\s+)?(?:\w+:)?svg\b)|(?P<page>!doctype\s+html|html|head|body|script"
    rb"|meta|title|div|table|iframe)\b)",
    re.IGNORECASE | re.DOTALL,
)
E_MAIL = re.compile(rb"(?:From \S+@\S+ |(?:Received|Return-Path|MIME-Version|Delivered-To): )")
HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
MAIN_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled", "docx"),
    (b"ms-word.template.macroEnabled", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled", "xlsx"),
    (b"ms-excel.template.macroEnabled", "xlsx"),
    (b"presentation", "presentation"),
)
PDF = re.compile(rb"%PDF-\d")
HEAD = 1024  # within so many bytes readers look for the beginning of a PDF


def identify(data: bytes, extension: str = "") -> str:
    """
    Return what a file is: a key of `messages.FOUND`.

    `extension` tells a table (CSV) from other text, which are the same to a computer. Raises
    Refused for what is encrypted or broken beyond telling.
    """
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = next((kind for start, kind in SIGNATURES if data.startswith(start)), None)
    if kind == "zip":
        return inside_zip(data)
    if kind == "old-office" and "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("encrypted")
    if kind is not None:
        return kind
    if PDF.search(head[:HEAD]) and (head.startswith(b"%PDF") or b"endobj" in data):
        return "pdf"
    if data[4:8] == b"ftyp":
        return "picture" if data[8:12] in HEIF else "media"
    if data[:4] == b"RIFF":
        return "picture" if data[8:12] == b"WEBP" else "media"
    if is_binary(data):
        if data.startswith(b"BM"):
            return "picture"
        if data.startswith(b"MZ"):
            return "program"
        return "nothing"
    if match := MARKUP.match(head[:4096]):
        return "svg" if match["svg"] else "web-page"
    if head.startswith(b"<?xml"):
        return "xml"
    if E_MAIL.match(head):
        return "e-mail"
    return "csv" if extension in ("csv", "tsv") else "txt"


def never_taken(data: bytes) -> str:
    """Name a file whose first bytes say that it is none that is taken; return "" for all others."""
    kind = next((kind for start, kind in SIGNATURES if data.startswith(start)), "")
    return "" if kind in ("picture", "zip", "old-office") else kind


def is_binary(data: bytes) -> bool:
    """Say whether this can be no text in any common encoding; UTF-16 is known by its first mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return any(byte < 9 or 13 < byte < 27 for byte in data[:4096])


def inside_zip(data: bytes) -> str:
    """Name a ZIP archive: an office document by its own declaration, or just an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                types = head_of(archive, "[Content_Types].xml", 512 * 1024)
                return next((kind for part, kind in MAIN_PARTS if part in types), "office")
            if "mimetype" in names:
                return opendocument_kind(head_of(archive, "mimetype", 200).strip())
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError):
        raise Refused("damaged") from None
    except RuntimeError:  # so zipfile says that it wants a password
        raise Refused("encrypted") from None
    return "program" if {"classes.dex", "META-INF/MANIFEST.MF"} & names else "archive"


def head_of(archive: zipfile.ZipFile, name: str, length: int) -> bytes:
    """Read the beginning of an entry: no more than `length`, however far it would unpack."""
    with archive.open(name) as member:
        return member.read(length)


def opendocument_kind(declared: bytes) -> str:
    """Return what an OpenDocument package is, by what it declares itself to be."""
    kind = declared.removeprefix(b"application/vnd.oasis.opendocument.").decode("ascii", "replace")
    known = {"text": "odt", "spreadsheet": "ods", "presentation": "presentation"}
    return known.get(kind.removesuffix("-template"), "office")
