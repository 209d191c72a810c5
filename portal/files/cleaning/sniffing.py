"""
What a file is, by its first bytes and by what they lead to; never by its name.

Signatures of what is refused serve only to tell people what they tried to attach: a file that fits
none of them is text or nothing.
"""

import io
import re
import zipfile
import zlib

from portal.files.cleaning.refusal import Refused

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xfe\xed\xfa\xce", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\0asm", "program"),
    (b"dex\n", "program"),
    (b"#!", "script"),
    (b"<?php", "script"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF", "archive"),
    (b"xar!", "archive"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\0\0\1\0", "picture"),
    (b"8BPS", "picture"),
    (b"\0\0\0\x0cjP  ", "picture"),
    (b"%!PS", "postscript"),
    (b"\xc5\xd0\xd3\xc6", "postscript"),
    (b"OggS", "media"),
    (b"ID3", "media"),
    (b"fLaC", "media"),
    (b"\x1a\x45\xdf\xa3", "media"),
    (b"SQLite format 3\0", "database"),
    (b"L\0\0\0\x01\x14\x02\0", "shortcut"),
    (b"[InternetShortcut]", "shortcut"),
    (b"koly", "disk-image"),
)
# Those two letters begin honest words too: text that starts so is looked at as text.
SHORT = (b"MZ", b"BM", b"#!", b"BZh", b"ID3", b"GIF8")

MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*|<!doctype\s+[^>]*>\s*)*<\s*"
    rb"(?P<tag>!doctype\s+html|!doctype\s+svg|[a-z?!][\w:.-]*)",
    re.IGNORECASE | re.DOTALL,
)
E_MAIL = re.compile(rb"(?:From \S+@\S+ |Received: |Return-Path: |MIME-Version: |Delivered-To: )")
HTML_TAGS = frozenset(
    b"html head body script iframe title meta link style div p a img table form object".split()
)

# What a name promises. A family is a set of kinds that people confuse innocently.
FAMILIES = {"jpeg": "picture-kept", "png": "picture-kept", "txt": "text", "csv": "text"}
EXTENSIONS: dict[str, str] = {
    **{kind: kind for kind in ("pdf", "docx", "xlsx", "odt")},
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif", "png"), "picture-kept"),
    **dict.fromkeys(("txt", "text", "csv", "tsv", "md"), "text"),
    **dict.fromkeys(("exe", "com", "scr", "dll", "msi", "bat", "cmd", "pif", "apk"), "program"),
    **dict.fromkeys(("sh", "js", "vbs", "ps1", "py", "php", "hta", "jar"), "script"),
    **dict.fromkeys(("htm", "html", "xhtml", "mht"), "web-page"),
    **dict.fromkeys(("doc", "xls", "ppt", "dot"), "old-office"),
    **dict.fromkeys(("zip", "docm", "xlsm", "pptx", "pptm", "dotm", "xlsb", "ods", "odp"), "zip"),
    **dict.fromkeys(("rar", "7z", "gz", "tar", "bz2", "xz", "cab", "iso", "img", "dmg"), "archive"),
    **dict.fromkeys(("gif", "bmp", "tif", "tiff", "webp", "heic", "ico", "psd"), "picture"),
    **dict.fromkeys(("mp3", "mp4", "mov", "avi", "wav", "mkv", "m4a", "ogg", "webm"), "media"),
    **{"svg": "svg", "xml": "xml", "rtf": "rtf", "lnk": "shortcut", "url": "shortcut"},
    **{"eml": "e-mail", "msg": "old-office", "epub": "e-book", "ps": "postscript"},
}

MAIN_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"presentationml.", "presentation"),
)


def identify(data: bytes, extension: str = "") -> str:
    """
    A key of `messages.FOUND`: one of the kinds that are taken, or the name of another thing.

    Raises Refused for what lies about itself or cannot be told.
    """
    kind = signature(data)
    if kind == "zip":
        return inside_zip(data)
    if kind == "old-office" and "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("encrypted")
    if kind is not None:
        return kind
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "media"
    if data[:4] == b"RIFF":
        return "picture" if data[8:12] == b"WEBP" else "media"
    if b"%PDF-" in data[:1024]:
        # Readers accept a PDF that begins later; so do those who hide one behind something else.
        raise Refused("polyglot", found="pdf", other=markup(data) or "nothing")
    if found := markup(data):
        return found
    if E_MAIL.match(data):
        return "e-mail"
    if is_binary(data):
        return "nothing"
    return "csv" if extension in ("csv", "tsv") else "txt"


def signature(data: bytes) -> str | None:
    for start, kind in SIGNATURES:
        if data.startswith(start) and not (start in SHORT and looks_like_words(data)):
            return kind
    return None


def looks_like_words(data: bytes) -> bool:
    """Whether the beginning is a line of text rather than a program's or a picture's head."""
    return not data.startswith(b"#!") and not is_binary(data[:64])


def is_binary(data: bytes) -> bool:
    """Whether this can be no text in any common encoding but UTF-16, which has its own message."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return any(byte < 9 or 13 < byte < 27 for byte in data[:4096])


def markup(data: bytes) -> str | None:
    """What kind of markup a text begins with, if any: web page, svg, xml."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    match = MARKUP.match(head)
    if match is None:
        return None
    tag = match["tag"].lower()
    if b"svg" in tag.split(b":")[-1]:
        return "svg"
    if tag.startswith(b"!doctype html") or tag in HTML_TAGS:
        return "web-page"
    if tag.startswith(b"?php"):
        return "script"
    return "xml" if head.lstrip().lower().startswith((b"<?xml", b"<!doctype")) else None


def inside_zip(data: bytes) -> str:
    """What a ZIP archive is: an office document by its own declaration, or just an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                types = head_of(archive, "[Content_Types].xml", 512 * 1024)
                if b"macroEnabled" in types or any("vbaProject" in name for name in names):
                    raise Refused("macros")
                return next((kind for part, kind in MAIN_PARTS if part in types), "office")
            if "mimetype" in names:
                return opendocument_kind(head_of(archive, "mimetype", 200).strip())
            if "EncryptionInfo" in names:
                raise Refused("encrypted")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError):
        raise Refused("damaged") from None
    except NotImplementedError:
        raise Refused("archive-method") from None
    except RuntimeError:  # so zipfile says that it wants a password
        raise Refused("encrypted") from None
    return "program" if {"classes.dex", "META-INF/MANIFEST.MF"} & names else "zip"


def head_of(archive: zipfile.ZipFile, name: str, length: int) -> bytes:
    """The beginning of an entry: however far it would unpack, no more than `length` is read."""
    with archive.open(name) as member:
        return member.read(length)


def opendocument_kind(declared: bytes) -> str:
    base = b"application/vnd.oasis.opendocument."
    if declared in (base + b"text", base + b"text-template"):
        return "odt"
    if declared.startswith(base + b"spreadsheet"):
        return "spreadsheet"
    if declared.startswith(base + b"presentation"):
        return "presentation"
    return "e-book" if declared == b"application/epub+zip" else "office"


def refuse_second_nature(data: bytes, kind: str) -> None:
    """Raise Refused where a file of one kind opens as another one too (a polyglot)."""
    if kind in ("docx", "xlsx", "odt"):
        if b"%PDF-" in data[:1024]:
            raise Refused("polyglot", found=kind, other="pdf")
        return
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("polyglot", found=kind, other="zip")
    if kind in ("jpeg", "png"):
        if b"%PDF-" in data[:1024]:
            raise Refused("polyglot", found=kind, other="pdf")
        end = data.rfind(b"\xff\xd9" if kind == "jpeg" else b"IEND") + (2 if kind == "jpeg" else 8)
        behind = data[end:]
        behind = behind.lstrip(b"\0\r\n ")
        other = signature(behind) or markup(behind) if len(behind) > 3 else None
        if other not in (None, "jpeg", "png"):
            raise Refused("polyglot", found=kind, other=other or "nothing")
    if kind == "pdf" and re.search(rb"<(?:script|html|svg)[\s>]", data[:1024], re.IGNORECASE):
        raise Refused("polyglot", found=kind, other="web-page")
