"""Packages of XML parts: what Office Open XML and OpenDocument have in common."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from portal.files.editorial.pictures import FORMATS, encode, strip_jpeg
from portal.files.editorial.result import Refused, Report
from portal.files.limits import Limits

SOMEBODY = "Author"
SOME_DAY = "2000-01-01T00:00:00Z"
FILE_NAME = re.compile(r"\.\w{3,4}$")  # pictures are called as their files were
PICTURES = {"jpg": "jpeg", "jpe": "jpeg", **{kind: kind for kind in FORMATS}}
# What these say beside their shapes is not examined, and reported.
UNREAD = ("emf", "wmf", "svg", "tif", "tiff", "bmp", "svm", "wdp", "bin", "heic", "avif", "pdf")


def unpack(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Return the files of an archive by name, judged by its directory first. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused("password")
            names = {entry.filename for entry in entries}
            climbing = any(name.startswith("/") or ".." in name.split("/") for name in names)
            if climbing or len(names) < len(entries) or len(entries) > limits.archive_entries:
                raise Refused("damaged")
            if sum(entry.file_size for entry in entries) > limits.archive_bytes:
                raise Refused("too-costly")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError):
        raise Refused("damaged") from None


def pack(files: dict[str, bytes]) -> bytes:
    """Return an archive of these files in their order, without times or remarks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            # OpenDocument's first part is not compressed.
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML part, without comments; nothing is fetched. Raises Refused."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Refused("damaged") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise Refused("damaged")
    return root


def write(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(name: object) -> str:
    """Return the name of an element or attribute without its namespace."""
    return etree.QName(str(name)).localname


def named(element: etree._Element, name: str) -> str:
    """Return the attribute of that name, in whatever namespace; "" where there is none."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def elements(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield every element with its name; they may be removed meanwhile."""
    for element in list(root.iter(etree.Element)):
        yield local(element.tag), element


def remove(element: etree._Element) -> None:
    """Remove an element, and not the words that follow it."""
    if (parent := element.getparent()) is not None:
        before, tail = element.getprevious(), element.tail or ""
        parent.remove(element)
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail


def keep_title(properties: etree._Element, report: Report) -> None:
    """Keep only title and language of the properties: programs announce them to who cannot see."""
    for each in list(properties):
        if local(each.tag) not in ("title", "language") or not words(each):
            properties.remove(each)
            report.removed.add("properties")
        elif local(each.tag) == "title":
            report.tell("title", words(each))


def picture(name: str, data: bytes, report: Report, limits: Limits) -> bytes:
    """Return a document's picture without what its camera wrote; of unread kinds as it is."""
    extension = name.rpartition(".")[2].lower()
    kind = PICTURES.get(extension)
    if kind == "jpeg":
        return strip_jpeg(data, report)
    if kind:
        return encode(data, kind, report, limits)
    if extension in UNREAD:
        report.tell("unread", name)
    return data
