"""PDF: tags, form fields and pages stay as they are, properties and scripts go."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from portal.files.editorial.pictures import strip_jpeg
from portal.files.editorial.result import Refused, Report
from portal.files.limits import Limits

PROPERTIES = {
    **dict.fromkeys(("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/DPM"), "properties"),
    **dict.fromkeys(("/SpiderInfo", "/IDS", "/URLS", "/Legal", "/Perms", "/DSS"), "properties"),
    **dict.fromkeys(("/Threads", "/Thumb"), "history"),
    **dict.fromkeys(("/AA", "/JavaScript", "/JS", "/XFA"), "scripts"),
}
# Of an annotation; of a form field /T is its name.
ANNOTATION = ("/M", "/CreationDate", "/NM")
# Actions that move within the file, or wait for a click and say where they lead.
HARMLESS = ("/GoTo", "/URI", "/Named", "/ResetForm", "/Hide", "/SetOCGState", "/SubmitForm")
# Keys whose texts are on the page, announced by it, or needed to find a way in the file. Texts
# under any other key are reported.
SHOWN = (
    "/Contents /RC /DA /DS /T /TU /TM /V /DV /Opt /CA /AC /Title /URI /Alt /ActualText /E /Lang"
    " /ID /Name /Names /Dest /D /P /Limits /Registry /Ordering /Panose /CharSet /OutputCondition"
    " /OutputConditionIdentifier /RegistryName /F /UF /Nums /Base /FontFamily /N /Range /Tabs"
)
MOST_OBJECTS = 100_000  # each is looked at


def prepare(data: bytes, report: Report, limits: Limits) -> bytes:
    """Return the PDF without what names people and without what acts by itself. Raises Refused."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.objects) > MOST_OBJECTS:
                raise Refused("too-costly")
            if pdf.Root.get("/NeedsRendering"):
                raise Refused("xfa")
            title, tagged = take_properties(pdf, report)
            for value in dictionaries(pdf):
                forget(value, report)
            write_properties(pdf, title, tagged)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
        # Read again: only what is still referred to was written.
        with pikepdf.open(out) as pdf:
            for value in dictionaries(pdf):
                look_around(value, report)
        return out.getvalue()
    except pikepdf.PasswordError:
        raise Refused("password") from None
    except pikepdf.PdfError:
        raise Refused("damaged") from None


def take_properties(pdf: pikepdf.Pdf, report: Report) -> tuple[str, str]:
    """Empty the properties; returns what is put back: the title, and the mark of PDF/UA."""
    found = set(pdf.docinfo.keys())
    title, tagged = str(pdf.docinfo.get("/Title", "")), ""
    try:
        xmp = pdf.open_metadata()
        title, tagged = title or str(xmp.get("dc:title") or ""), str(xmp.get("pdfuaid:part") or "")
        found |= {key.rpartition("}")[2] for key in xmp}
    except Exception:  # broken XMP goes as any other
        found.add("XMP")
    if found - {"/Title", "title", "part"}:
        report.removed.add("properties")
    for holder, key in ((pdf.trailer, "/Info"), (pdf.trailer, "/ID"), (pdf.Root, "/Metadata")):
        if key in holder:
            del holder[key]
    return title, tagged


def write_properties(pdf: pikepdf.Pdf, title: str, tagged: str) -> None:
    if title or tagged:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            if title:
                xmp["dc:title"] = title
            if tagged:
                xmp["pdfuaid:part"] = tagged
    if title:
        pdf.docinfo["/Title"] = title


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream of a file."""
    for value in pdf.objects:
        yield from nested(value)


def nested(value: Any) -> Iterator[Any]:
    """Yield a dictionary or stream, and those written inside it rather than referred to."""
    if isinstance(value, Dictionary | Stream):
        yield value
        items = [inner for _, inner in value.items()]
    elif isinstance(value, Array):
        items = list(value)
    else:
        return
    for inner in items:
        if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
            yield from nested(inner)


def forget(value: Any, report: Report) -> None:
    """Take names, moments, scripts and what other programs left out of one dictionary."""
    for key in list(value.keys()):
        # A thread's beads, whose head names an author; elsewhere /B is a border.
        if key == "/B" and value.get("/Type") == Name.Page:
            del value[key]
        elif key in PROPERTIES or key.startswith(("/PTEX.", "/AAPL:")):
            report.removed.add(PROPERTIES.get(key, "properties"))
            del value[key]
    for key in ("/A", "/OpenAction", "/PA", "/Next"):
        action = value.get(key)
        acts = isinstance(action, Dictionary) and "/S" in action and action.S not in HARMLESS
        if acts or (action is not None and key == "/Next" and "/S" in value):
            report.removed.add("scripts")
            del value[key]
    if "/Rect" in value and "/Subtype" in value:
        names = ANNOTATION if value.Subtype == Name.Widget else (*ANNOTATION, "/T")
        for key in names:
            if key in value:
                report.removed.add("authors")
                del value[key]
    if isinstance(value, Stream) and value.get("/Filter") in (Name.DCTDecode, [Name.DCTDecode]):
        parameters: Any = value.get("/DecodeParms")
        stripped = strip_jpeg(value.read_raw_bytes(), report)
        value.write(stripped, filter=Name.DCTDecode, decode_parms=parameters)


def look_around(value: Any, report: Report) -> None:
    """Report what a reader can find beside the pages. Raises Refused."""
    if "/EF" in value:
        raise Refused("embedded")
    if value.get("/FT") == Name.Sig and "/V" in value:
        raise Refused("signed")
    if isinstance(value, Stream) and "/F" in value:
        raise Refused("fetching", target=str(value.F)[:100])
    filters = str(value.get("/Filter", ""))
    if "/JPXDecode" in filters or ("/DCTDecode" in filters and "/FlateDecode" in filters):
        report.tell("unread", filters)
    if value.get("/S") == Name.URI:
        report.tell("links", str(value.get("/URI", "")))
    if value.get("/S") == Name.SubmitForm:
        report.tell("elsewhere", text_of(value.get("/F")))
    if "/Rect" in value and value.get("/Subtype") not in (Name.Link, Name.Widget, Name.Popup):
        report.tell("comments", text_of(value.get("/Contents")))
    if value.get("/FT") == Name.Tx:
        report.tell("filled", text_of(value.get("/V")))
    if value.get("/Type") == Name.OCG:
        report.tell("layers", text_of(value.get("/Name")))
    if "/Title" in value and "/Parent" not in value and "/Rect" not in value:
        report.tell("title", text_of(value.Title))
    for key, inner in value.items():
        if key not in SHOWN.split() and key not in PROPERTIES:
            for text in texts(inner):
                report.tell("other", f"{key[1:]}: {text}")


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, String) and (text := text_of(value)):
        yield text
    elif isinstance(value, Array) and not (len(value) and value[0] == Name.Indexed):
        for inner in value:
            yield from texts(inner) if isinstance(inner, pikepdf.Object) else ()


def text_of(value: Any) -> str:
    """Return a text; "" for bytes that are none, and for what is not there."""
    if isinstance(value, Dictionary):  # a file specification
        value = value.get("/UF", value.get("/F"))
    if not isinstance(value, String):
        return ""
    text = str(value).strip()
    return text if text.replace("\n", " ").replace("\r", " ").isprintable() else ""
