"""Word, Excel and OpenDocument files made to harm: (what, name, build, code, whether slow)."""

import struct
import zlib

from tests.portal.files.samples import (
    ODF,
    XML,
    docx,
    odt,
    packed,
    rels,
    types,
    unpacked,
    xlsx,
)

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
READER = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://evil.example/x.dtd">'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(200)


def word_with(part: tuple[str, str], extra: dict[str, str | bytes], body: str = "") -> bytes:
    """A Word document with one more relationship: (type's last word, target)."""
    files = unpacked(docx(body=body))
    row = rels(("rId99", *part)).partition("<Relationship ")[2].partition("</Rel")[0]
    name = "word/_rels/document.xml.rels"
    files[name] = files[name].replace(b"</Rel", f"<Relationship {row}</Rel".encode())
    return packed({**files, **extra})


def replaced(data: bytes, name: str, content: str | bytes) -> bytes:
    return packed({**unpacked(data), name: content}, stored=("mimetype",))


def macro_enabled() -> bytes:
    files = unpacked(docx())
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(old, kind)
    return packed(files)


def deep(levels: int) -> str:
    return (
        f'{XML}<w:document xmlns:w="{W_NS}">' + "<w:p>" * levels + "</w:p>" * levels
        + "</w:document>"
    )  # fmt: skip


def many_elements() -> bytes:
    cells = "".join(f'<c r="A{n}"/>' for n in range(1_600_000))
    return replaced(
        xlsx(), "xl/worksheets/sheet1.xml", f'{XML}<worksheet xmlns="{S_NS}"><sheetData><row/>'
        f"<row>{cells}</row></sheetData></worksheet>",
    )  # fmt: skip


def flood() -> bytes:
    head = struct.pack("!IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 0)
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(99))), (b"IEND", b"")):
        out += struct.pack("!I", len(body)) + kind + body
        out += struct.pack("!I", zlib.crc32(kind + body))
    return out


def field(*runs: str) -> str:
    return (
        "<w:p>" + "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs) + "</w:p>"
    )


def dde_link() -> bytes:
    files = unpacked(xlsx())
    name = "xl/_rels/workbook.xml.rels"
    row = rels(("rId9", "externalLink", "externalLinks/externalLink1.xml"))
    row = row.partition("<Relationship ")[2].partition("</Rel")[0]
    files[name] = files[name].replace(b"</Rel", f"<Relationship {row}</Rel".encode())
    files["xl/externalLinks/externalLink1.xml"] = (
        f'{XML}<externalLink xmlns="{S_NS}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/>'
        "</externalLink>"
    ).encode()
    return packed(files)


def sheet_with_macros() -> bytes:
    files = unpacked(xlsx())
    name = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    row = rels(("rId9", kind, "sheets/m.xml")).partition("<Relationship ")[2].partition("</Rel")[0]
    files[name] = files[name].replace(b"</Rel", f"<Relationship {row}</Rel".encode())
    return packed({**files, "xl/sheets/m.xml": b"<x/>"})


def other_package(kind: str) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}"}, stored=("mimetype",))


def text_with(content: str) -> bytes:
    return odt(body=content)


LISTENER = (
    '<script:event-listener script:language="ooo:script" script:event-name="dom:load"'
    ' xlink:href="vnd.sun.star.script:a.py$f?language=Python&amp;location=user"/>'
)

OFFICE = [
    # XML that grows, reads or sinks
    ("a billion laughs in Word", "a.docx",
     lambda: docx(extra={"word/comments.xml": LAUGHS + "<x>&j;</x>"}), "rebuilt", False),
    ("a billion laughs in the relationships", "a.docx",
     lambda: docx(extra={"_rels/.rels": LAUGHS + "<x>&j;</x>"}), "xml-declarations", False),
    ("quadratic growth in Excel", "a.xlsx",
     lambda: replaced(xlsx(), "xl/workbook.xml", QUADRATIC + "<x>" + "&a;" * 5_000 + "</x>"),
     "damaged", False),
    ("XML that reads a file, in OpenDocument", "a.odt",
     lambda: replaced(odt(), "content.xml", READER + "<x>&a;</x>"), "xml-declarations", False),
    ("XML that calls home, in the types", "a.docx",
     lambda: docx(extra={
         "[Content_Types].xml": REMOTE + "<x>wordprocessingml.document.main+xml</x>"}),
     "rebuilt", False),
    ("XML in UTF-7", "a.docx",
     lambda: docx(extra={"word/comments.xml": '<?xml version="1.0" encoding="UTF-7"?>+ADw-x/>'}),
     "rebuilt", False),
    ("XML that is none", "a.odt", lambda: replaced(odt(), "content.xml", "<a><b></a>"), "damaged",
     False),
    ("10,000 levels", "a.docx", lambda: docx(extra={"word/document.xml": deep(10_000)}),
     "xml-depth", False),
    ("1.6 million cells", "a.xlsx", many_elements, "damaged", True),
    # Programs
    ("a document that allows macros", "a.docx", macro_enabled, "rebuilt", False),
    ("a document with a macro", "a.docx",
     lambda: docx(extra={"word/vbaProject.bin": OLE}), "rebuilt", False),
    ("a document with a macro under another name", "a.docx",
     lambda: word_with(
         ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "x.xml"),
         {"word/x.xml": b"<x/>"}), "rebuilt", False),
    ("a workbook with macros of 1992", "a.xlsx", sheet_with_macros, "rebuilt", False),
    ("a control", "a.docx",
     lambda: word_with(("control", "activeX/activeX1.xml"), {"word/activeX/activeX1.xml": b"<x/>"}),
     "rebuilt", False),
    ("a field that starts a program", "a.docx",
     lambda: docx(body=field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')), "rebuilt",
     False),
    ("a field in two halves", "a.docx", lambda: docx(body=field("DDE", "AUTO cmd")), "rebuilt",
     False),
    ("a simple field that starts a program", "a.docx",
     lambda: docx(body='<w:p><w:fldSimple w:instr="DDE cmd calc"/></w:p>'), "rebuilt", False),
    ("a reference that starts a program", "a.xlsx", dde_link, "rebuilt", False),
    # Files in files
    ("an OLE object", "a.docx",
     lambda: word_with(("oleObject", "embeddings/o.bin"), {"word/embeddings/o.bin": OLE}),
     "rebuilt", False),
    ("a packed program", "a.docx",
     lambda: word_with(("package", "embeddings/p.exe"), {"word/embeddings/p.exe": PE}),
     "rebuilt", False),
    ("a program as a picture", "a.docx",
     lambda: docx(extra={"word/media/image1.jpeg": PE}), "picture-kind", False),
    ("a web page as a chapter", "a.docx",
     lambda: word_with(("aFChunk", "chunk.html"), {"word/chunk.html": b"<html/>"}), "rebuilt",
     False),
    ("a web page as a picture", "a.docx",
     lambda: docx(extra={"word/media/image1.jpeg": b"<html><script>1</script>"}), "picture-kind",
     False),
    ("a video", "a.docx",
     lambda: word_with(("video", "media/v.mp4"), {"word/media/v.mp4": b"\0\0\0 ftypmp42"}),
     "rebuilt", False),
    ("a pixel flood in Word", "a.docx", lambda: docx(extra={"word/media/image1.jpeg": flood()}),
     "pixels", False),
    ("a pixel flood in OpenDocument", "a.odt",
     lambda: odt(extra={"Pictures/one.jpg": flood()}), "pixels", False),
    # OpenDocument
    ("Basic in OpenDocument", "a.odt",
     lambda: odt(extra={"Basic/Standard/Module1.xml": "<x/>"}), "rebuilt", False),
    ("Python in OpenDocument", "a.odt",
     lambda: odt(extra={"Scripts/python/a.py": "import os"}), "rebuilt", False),
    ("a script that runs on opening", "a.odt", lambda: text_with(LISTENER), "rebuilt", False),
    ("an OLE object in OpenDocument", "a.odt",
     lambda: text_with('<draw:object-ole xlink:href="./Object 1"/>'), "rebuilt", False),
    ("an OLE file in OpenDocument", "a.odt", lambda: odt(extra={"Object 1": OLE}), "rebuilt",
     False),
    ("a frame of another page in OpenDocument", "a.odt",
     lambda: text_with('<draw:floating-frame xlink:href="http://evil.example/"/>'), "rebuilt",
     False),
    ("a link to a running program in OpenDocument", "a.odt",
     lambda: text_with('<text:dde-connection-decls/>'), "rebuilt", False),
    ("an encrypted OpenDocument", "a.odt",
     lambda: odt(manifest=f'<manifest:encryption-data xmlns:manifest="{ODF}:manifest:1.0"/>'),
     "encrypted", False),
    ("an OpenDocument without its text", "a.odt",
     lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "damaged", False),
    # Honest, but of kinds that are not taken
    ("a presentation", "a.pptx",
     lambda: packed({"[Content_Types].xml": types(
         "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
         "ppt/presentation.xml")}), "kind", False),
    ("an empty OpenDocument spreadsheet", "a.ods", lambda: other_package("spreadsheet"), "damaged",
     False),
    ("a presentation called .docx", "a.docx", lambda: other_package("presentation"), "disguised",
     False),
]  # fmt: skip
