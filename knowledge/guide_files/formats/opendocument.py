"""
A guide's text document for LibreOffice and others (ODT), written as XML.

A library for it would bring a template of its own, with styles that say no direction.
"""

from typing import Any

from lxml import etree

from knowledge.guide_files.formats.content import document
from knowledge.guide_files.formats.imprint import Imprint
from knowledge.guide_files.formats.opendocument_styles import (
    DC,
    DEEPEST,
    LEVELS,
    MANIFEST,
    META,
    OFFICE,
    SPACES,
    STYLE,
    TABLE,
    TEXT,
    VERSION,
    of,
    root,
    spoken,
    styles_of,
)
from knowledge.guide_files.formats.packing import at_midnight, packed
from knowledge.guide_files.formats.pieces import BOX, Grid, Paragraph, Piece, Run
from knowledge.guides.models import GuidePage

MIMETYPE = "application/vnd.oasis.opendocument.text"


def opendocument(guide: GuidePage) -> bytes:
    """Return a guide's texts to fill in, or its lesson, as ODT."""
    imprint, pieces = document(guide)
    parts = {
        "mimetype": MIMETYPE.encode(),
        "content.xml": _written(_content(imprint, pieces)),
        "styles.xml": _written(styles_of(imprint)),
        "meta.xml": _written(_meta(imprint)),
    }
    parts["META-INF/manifest.xml"] = _written(_manifest(list(parts)))
    return packed(parts, imprint.day, stored=("mimetype",))


def _written(element: Any) -> bytes:
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True)


def _meta(imprint: Imprint) -> Any:
    midnight = at_midnight(imprint.day).strftime("%Y-%m-%dT%H:%M:%S")
    told = [
        DC.title(imprint.title),
        DC.subject(imprint.address),
        META("initial-creator", imprint.owner),
        DC.creator(imprint.owner),
        META("creation-date", midnight),
        DC.date(midnight),
        DC.language(imprint.language),
    ]
    return root("document-meta", OFFICE.meta(*told))


def _manifest(names: list[str]) -> Any:
    def entry(path: str, kind: str) -> Any:
        told = {"manifest:full-path": path, "manifest:media-type": kind}
        return MANIFEST("file-entry", of(told))

    entries = [entry(name, "text/xml") for name in names if name != "mimetype"]
    version = of({"manifest:version": VERSION})
    return MANIFEST.manifest(entry("/", MIMETYPE), *entries, version)


def _content(imprint: Imprint, pieces: list[Piece]) -> Any:
    writer = _Writer()
    for piece in pieces:
        writer.put(piece)
    automatic = OFFICE("automatic-styles", *writer.styles.values())
    return root("document-content", automatic, OFFICE.body(OFFICE.text(*writer.done)))


class _Writer:
    """A text, and the styles that its runs of words need."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.styles: dict[Any, Any] = {}
        self.lists: list[Any] = []

    def put(self, piece: Piece) -> None:
        if isinstance(piece, Grid):
            self.lists = []
            self.done.append(self._table(piece))
        elif piece.kind in ("bullet", "number"):
            self._item(piece)
        else:
            self.lists = []
            self.done.append(self._paragraph(piece))

    def _item(self, piece: Paragraph) -> None:
        """Add an item to the list that is open at its level, or to a new one there."""
        depth = min(piece.level, DEEPEST - 1, len(self.lists))
        self.lists = self.lists[: depth + 1]
        if piece.begins or len(self.lists) == depth:
            self.lists = [*self.lists[:depth], TEXT.list(of({"text:style-name": f"{piece.kind}s"}))]
            outer = self.lists[-2][-1].append if depth else self.done.append
            outer(self.lists[-1])
        self.lists[-1].append(TEXT("list-item", self._paragraph(piece)))

    def _paragraph(self, piece: Paragraph) -> Any:
        usual = "text" if piece.kind in ("bullet", "number") else piece.kind
        name = self._on_new_page(usual) if piece.on_new_page else usual
        told = {"text:style-name": name}
        if level := LEVELS.get(piece.kind):
            element = TEXT.h(of({**told, "text:outline-level": str(level)}))
        else:
            element = TEXT.p(of(told))
        if piece.kind == "tick":
            element.text = BOX
            element.append(TEXT.tab())
        for run in piece.runs:
            element.append(self._run(run))
        return element

    def _run(self, run: Run) -> Any:
        element = TEXT.span()
        if name := self._look(run):
            element.attrib.update(of({"text:style-name": name}))
        element.text, *more = run.words.split("\n")
        for each in more:
            element.append(TEXT("line-break"))
            element[-1].tail = each
        if run.href:
            link = {"xlink:type": "simple", "xlink:href": run.href}
            return TEXT.a(element, of(link))
        return element

    def _look(self, run: Run) -> str:
        """Return the name of the style of a run, made where it is new; "" where it needs none."""
        told: dict[str, str] = {}
        for is_so, name, value in (
            (run.bold, "font-weight", "bold"),
            (run.italic, "font-style", "italic"),
        ):
            if is_so:
                told |= {f"fo:{name}": value, f"style:{name}-complex": value}
        if run.raised:
            told["style:text-position"] = "super 65%"
        if run.href:
            told |= {"style:text-underline-style": "solid", "style:text-underline-width": "auto"}
        if run.language:
            told |= spoken(run.language)
        return self._style("text", "", told) if told else ""

    def _on_new_page(self, kind: str) -> str:
        return self._style("paragraph", kind, {"fo:break-before": "page"})

    def _style(self, family: str, parent: str, told: dict[str, str]) -> str:
        key = (family, parent, *told.items())
        if key not in self.styles:
            named = {"style:name": f"look{len(self.styles) + 1}", "style:family": family}
            if parent:
                named["style:parent-style-name"] = parent
            properties = STYLE(f"{family}-properties", of(told))
            self.styles[key] = STYLE.style(properties, of(named))
        name: str = self.styles[key].get(f"{{{SPACES['style']}}}name")
        return name

    def _table(self, grid: Grid) -> Any:
        rows: list[Any] = []
        for row in grid.rows:
            bold = not rows
            cells = [
                self._paragraph(
                    Paragraph("text", (Run(run.words, bold=bold, language=run.language),))
                )
                for run in row
            ]
            told = of({"office:value-type": "string"})
            rows.append(TABLE("table-row", *(TABLE("table-cell", each, told) for each in cells)))
        columns = of({"table:number-columns-repeated": str(len(grid.rows[0]))})
        head = TABLE("table-header-rows", rows[0])
        named = of({"table:name": f"table{len(self.done)}"})
        return TABLE.table(TABLE("table-column", columns), head, *rows[1:], named)
