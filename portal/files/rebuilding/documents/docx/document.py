"""DOCX to a tagged PDF: what a Word document shows, laid out by WeasyPrint."""

from xml.etree.ElementTree import Element

from portal.files.limits import Limits
from portal.files.rebuilding.documents.content import Content
from portal.files.rebuilding.documents.docx.drawings import Drawings
from portal.files.rebuilding.documents.docx.lists import Lists
from portal.files.rebuilding.documents.docx.package import NS, Package, is_on, q, value
from portal.files.rebuilding.documents.docx.styles import Styles
from portal.files.rebuilding.documents.docx.text import Story
from portal.files.rebuilding.documents.wording import Collector
from portal.files.rebuilding.result import Rebuilt, Refused

WORDS = {
    q("w:t"),
    q("w:fldChar"),
    q("w:sym"),
    q("w:noBreakHyphen"),
    q("m:t"),
    q("a:t"),
    q("v:textpath"),
}
APART = {q("m:t"), q("a:t"), q("v:textpath"), q("w:footnoteReference"), q("w:endnoteReference")} | {
    q(f"w:{name}") for name in ("tab", "ptab", "br", "cr", "tc", "rt", "rubyBase")
}
KINDS = ("footnote", "endnote")


def rebuild_docx(data: bytes, limits: Limits, *, keep_colour: bool = False) -> Rebuilt:
    """
    Show what a Word document shows, as a tagged PDF. Raises Refused.

    Tracked changes are accepted; remarks, hidden words and the looks of pages are gone.
    """
    try:
        return Document(data, limits, keep_colour=keep_colour).rebuilt()
    except RecursionError:
        raise Refused("xml-depth") from None


class Document:
    """One Word document on its way."""

    def __init__(self, data: bytes, limits: Limits, *, keep_colour: bool) -> None:
        self.package = Package(data, limits)
        self.content = Content.empty(limits, keep_colour=keep_colour)
        self.styles = Styles(self.package.beside("styles"))
        self.lists = Lists(self.package.beside("numbering"), self.styles)
        self.notes = {kind: self.package.beside(f"{kind}s") for kind in KINDS}
        self.noted = {
            (kind, value(row, "w:id")): 0
            for kind, root in self.notes.items()
            for row in root.findall(f"w:{kind}", NS)
            if value(row, "w:type") in ("", "normal")
        }

    def rebuilt(self) -> Rebuilt:
        main = self.package.main
        body = self.package.root(main).find("w:body", NS)
        if body is None:
            raise Refused("damaged")
        edges = self.edges(body)
        html = edges["header"] + self.written(body, main) + edges["footer"]
        for (kind, id_), number in list(self.noted.items()):
            if number:
                row = self.notes[kind].find(f"w:{kind}[@w:id='{id_}']", NS)
                part = self.package.named(main, f"{kind}s")
                words = self.written(row, part) if row is not None else ""
                self.content.place_note(number, words)
        return self.content.rebuilt(html)

    def written(self, element: Element, part: str, *, is_edge: bool = False) -> str:
        """Return the HTML of a part, or of a piece of it; what it shows counts as shown now."""
        references = self.package.references(part)
        drawings = Drawings(self.package, references, self.content.figures)
        story = Story(self.content, self.styles, self.lists, drawings, self.noted, is_edge)
        html = story.blocks(element)
        left_out = self.content.left_out
        collector = Collector(lambda each: each.tag in WORDS, {q("w:p")}, APART, left_out, False)
        collector.collect(element)
        self.content.shown += collector.found
        return html

    def edges(self, body: Element) -> dict[str, str]:
        """Return the headers and the footers that pages show, each once."""
        settings = self.package.beside("settings")
        references = self.package.references(self.package.main)
        html, seen = {"header": "", "footer": ""}, set()
        for section in body.iter(q("w:sectPr")):
            shown = {"", "default"} | ({"first"} if is_on(section.find("w:titlePg", NS)) else set())
            shown |= {"even"} if is_on(settings.find("w:evenAndOddHeaders", NS)) else set()
            for row in section:
                reference = references.get(value(row, "r:id"))
                if reference is None or reference.kind not in html or reference.target in seen:
                    continue
                if value(row, "w:type") in shown:
                    seen.add(reference.target)
                    root = self.package.root(reference.target)
                    html[reference.kind] += self.written(root, reference.target, is_edge=True)
        if any(html.values()):
            self.content.notes.add("edges")
        return html
