"""The parts of a Word document and how they refer to each other; nothing else of it is opened."""

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from portal.files.limits import Limits
from portal.files.rebuilding.package import Archive, tree

OFFICE = "http://schemas.openxmlformats.org"
NS = {
    "w": f"{OFFICE}/wordprocessingml/2006/main",
    "r": f"{OFFICE}/officeDocument/2006/relationships",
    "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
    "a": f"{OFFICE}/drawingml/2006/main",
    "c": f"{OFFICE}/drawingml/2006/chart",
    "dgm": f"{OFFICE}/drawingml/2006/diagram",
    "m": f"{OFFICE}/officeDocument/2006/math",
    "mc": f"{OFFICE}/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "v": "urn:schemas-microsoft-com:vml",
}
# The "strict" dialect says the same under other names.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": NS["w"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": NS["r"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": NS["m"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/": f"{OFFICE}/drawingml/2006/".encode(),
}

# What we understand of the newer ways to say a thing that older programs are told otherwise.
UNDERSTOOD = {"wps", "wpg", "wpc", "wp14", "w14", "w15", "a14", "cx1", "cx2", "cx4"}


def q(name: str) -> str:
    """Return a name with its prefix as the tree has it: "w:p" → "{http://…}p"."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def value(element: Element | None, attribute: str = "w:val") -> str:
    """Return an attribute of an element that may not be there, "" for none."""
    return element.get(q(attribute), "") if element is not None else ""


def is_on(element: Element | None) -> bool:
    """Say whether a property that is either on or off is on; False where it is not mentioned."""
    return element is not None and value(element) not in ("0", "false", "off")


def alternative(element: Element) -> Element | None:
    """Return the one of several ways to say the same thing that Word would show."""
    choices = element.findall("mc:Choice", NS)
    for choice in choices:
        if set(choice.get("Requires", "").split()) <= UNDERSTOOD:
            return choice
    return next(iter([*element.findall("mc:Fallback", NS), *choices]), None)


@dataclass(frozen=True)
class Reference:
    """A reference from a part to another: `kind` is the last word of the reference's type."""

    kind: str
    target: str
    is_external: bool


class Package:
    """A Word document by its parts."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.archive = Archive(data, limits)
        self.main = self.named("", "officeDocument") or "word/document.xml"

    def references(self, part: str) -> dict[str, Reference]:
        """Return what a part refers to, by id; "" is the package itself."""
        folder, name = posixpath.split(part)
        found = {}
        for row in self.archive.root(posixpath.join(folder, "_rels", f"{name}.rels")):
            target, is_external = row.get("Target", ""), row.get("TargetMode") == "External"
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = row.get("Type", "").rpartition("/")[2]
            found[row.get("Id", "")] = Reference(kind, target, is_external)
        return found

    def named(self, part: str, kind: str) -> str:
        """Return the first part that a part refers to as `kind`, "" for none."""
        rows = self.references(part).values()
        return next((row.target for row in rows if row.kind == kind and not row.is_external), "")

    def beside(self, kind: str) -> Element:
        """Return the root of what the document refers to as `kind`: its styles, its footnotes…"""
        return self.root(self.named(self.main, kind))

    def root(self, name: str) -> Element:
        """Return a part's root, an empty one where there is no such part. Raises Refused."""
        content = self.archive.read(name)
        for strict, usual in STRICT.items():
            content = content.replace(strict, usual)
        return tree(content, self.archive.limits) if content else Element("nothing")
