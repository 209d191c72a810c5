"""
A guide's text document for LibreOffice and others (ODT), written as XML.

A library for it would bring a template of its own, with styles that say no direction.
"""

from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from knowledge.guide_files.formats.content import document
from knowledge.guide_files.formats.imprint import Imprint, runs_right_to_left
from knowledge.guide_files.formats.packing import at_midnight, packed
from knowledge.guide_files.formats.pieces import BOX, Grid, Kind, Paragraph, Piece, Run
from knowledge.guides.models import GuidePage

MIMETYPE = "application/vnd.oasis.opendocument.text"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {
    "office": f"{ODF}office:1.0",
    "style": f"{ODF}style:1.0",
    "text": f"{ODF}text:1.0",
    "table": f"{ODF}table:1.0",
    "fo": f"{ODF}xsl-fo-compatible:1.0",
    "meta": f"{ODF}meta:1.0",
    "manifest": f"{ODF}manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
VERSION = "1.3"
# The look of each kind of paragraph: its style's name, what it reads out as, and its properties.
SIZES: dict[Kind, str] = {
    "title": "20pt",
    "heading": "15pt",
    "subheading": "12.5pt",
    "small": "9pt",
    "hint": "9pt",
}
LEVELS: dict[Kind, int] = {"title": 1, "heading": 2, "subheading": 3}
DEEPEST = 4  # levels of a list
HANG = 0.8  # centimetres


def opendocument(guide: GuidePage) -> bytes:
    """Return a guide's texts to fill in, or its lesson, as ODT."""
    imprint, pieces = document(guide)
    parts = {
        "mimetype": MIMETYPE.encode(),
        "content.xml": _written(_content(imprint, pieces)),
        "styles.xml": _written(_styles(imprint)),
        "meta.xml": _written(_meta(imprint)),
    }
    parts["META-INF/manifest.xml"] = _written(_manifest(list(parts)))
    return packed(parts, imprint.day, stored=("mimetype",))


def _maker(space: str) -> Any:
    return ElementMaker(namespace=SPACES[space], nsmap=SPACES)


OFFICE, STYLE, TEXT, TABLE = _maker("office"), _maker("style"), _maker("text"), _maker("table")
META, DC, MANIFEST = _maker("meta"), _maker("dc"), _maker("manifest")


def _of(told: dict[str, str]) -> dict[str, str]:
    """Return attributes by their whole names, of such as "fo:font-size"."""
    spaced = {name.partition(":")[::2]: value for name, value in told.items()}
    return {f"{{{SPACES[space]}}}{name}": value for (space, name), value in spaced.items()}


def _written(element: Any) -> bytes:
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True)


def _root(name: str, *children: Any) -> Any:
    return OFFICE(name, *children, _of({"office:version": VERSION}))


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
    return _root("document-meta", OFFICE.meta(*told))


def _manifest(names: list[str]) -> Any:
    def entry(path: str, kind: str) -> Any:
        told = {"manifest:full-path": path, "manifest:media-type": kind}
        return MANIFEST("file-entry", _of(told))

    entries = [entry(name, "text/xml") for name in names if name != "mimetype"]
    version = _of({"manifest:version": VERSION})
    return MANIFEST.manifest(entry("/", MIMETYPE), *entries, version)


def _styles(imprint: Imprint) -> Any:
    """Return the styles of paragraphs, in the direction and the language of the guide."""
    mode = "rl-tb" if imprint.is_right_to_left else "lr-tb"
    direction = {"style:writing-mode": mode}
    if imprint.is_right_to_left:
        direction["fo:text-align"] = "right"  # LibreOffice takes "start" for the left
    usual = STYLE(
        "default-style",
        STYLE("paragraph-properties", _of({**direction, "fo:margin-bottom": "0.2cm"})),
        STYLE("text-properties", _of(_spoken(imprint.language))),
        _of({"style:family": "paragraph"}),
    )
    page = STYLE(
        "page-layout",
        STYLE(
            "page-layout-properties",
            _of(
                {
                    **{"fo:page-width": "21cm", "fo:page-height": "29.7cm", "fo:margin": "2.5cm"},
                    "style:writing-mode": mode,
                }
            ),
        ),
        _of({"style:name": "page"}),
    )
    master = STYLE("master-page", _of({"style:name": "Standard", "style:page-layout-name": "page"}))
    named = [_paragraph_style(kind, direction) for kind in ("text", "tick", *SIZES)]
    return _root(
        "document-styles",
        OFFICE.styles(usual, *named, _list_style("bullet"), _list_style("number")),
        OFFICE("automatic-styles", page),
        OFFICE("master-styles", master),
    )


def _paragraph_style(kind: Kind, direction: dict[str, str]) -> Any:
    lines, letters = dict(direction), {}
    if size := SIZES.get(kind):
        letters = dict.fromkeys(("fo:font-size", "style:font-size-complex"), size)
    if kind in LEVELS:
        letters |= dict.fromkeys(("fo:font-weight", "style:font-weight-complex"), "bold")
        lines |= {"fo:margin-top": "0.4cm", "fo:keep-with-next": "always"}
    if kind in ("tick", "hint"):
        lines["fo:margin-left"] = f"{HANG}cm"
    if kind == "tick":
        lines["fo:text-indent"] = f"-{HANG}cm"
    return STYLE.style(
        STYLE("paragraph-properties", _of(lines)),
        STYLE("text-properties", _of(letters)),
        _of({"style:name": kind, "style:family": "paragraph"}),
    )


def _list_style(kind: str) -> Any:
    levels = []
    for level in range(1, DEEPEST + 1):
        place = {"fo:margin-left": f"{HANG * level}cm", "fo:text-indent": f"-{HANG}cm"}
        label = STYLE(
            "list-level-label-alignment", _of({"text:label-followed-by": "listtab", **place})
        )
        mode = _of({"text:list-level-position-and-space-mode": "label-alignment"})
        told = {"text:level": str(level)}
        told |= (
            {"text:bullet-char": "•"}
            if kind == "bullet"
            else {"style:num-format": "1", "style:num-suffix": "."}
        )
        levels.append(
            TEXT(f"list-level-style-{kind}", STYLE("list-level-properties", label, mode), _of(told))
        )
    return TEXT("list-style", *levels, _of({"style:name": f"{kind}s"}))


def _spoken(language: str) -> dict[str, str]:
    """Return what says which language letters are of, those of right-to-left scripts too."""
    told = {"fo:language": language, "fo:country": "none"}
    if runs_right_to_left(language):
        told |= {"style:language-complex": language, "style:country-complex": "none"}
    return told


def _content(imprint: Imprint, pieces: list[Piece]) -> Any:
    writer = _Writer()
    for piece in pieces:
        writer.put(piece)
    automatic = OFFICE("automatic-styles", *writer.styles.values())
    return _root("document-content", automatic, OFFICE.body(OFFICE.text(*writer.done)))


class _Writer:
    """A text, and the styles that its runs of words need."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.styles: dict[Any, Any] = {}
        self.lists: list[Any] = []

    def put(self, piece: Piece) -> None:
        if isinstance(piece, Grid):
            self.done.append(self._table(piece))
        elif piece.kind in ("bullet", "number"):
            self._item(piece)
        else:
            self.done.append(self._paragraph(piece))

    def _item(self, piece: Paragraph) -> None:
        """Add an item to the list that is open at its level, or to a new one there."""
        depth = min(piece.level, DEEPEST - 1)
        if depth == 0 and (piece.begins or not self._is_open(piece.kind)):
            self.lists = [TEXT.list(_of({"text:style-name": f"{piece.kind}s"}))]
            self.done.append(self.lists[0])
        else:
            self.lists = self.lists[: max(1, depth + (0 if piece.begins else 1))]
            if not self.lists:
                self.lists = [TEXT.list(_of({"text:style-name": f"{piece.kind}s"}))]
                self.done.append(self.lists[0])
            while len(self.lists) <= depth:
                inner = TEXT.list(_of({"text:style-name": f"{piece.kind}s"}))
                outer = self.lists[-1]
                if not len(outer):
                    outer.append(TEXT("list-item"))
                outer[-1].append(inner)
                self.lists.append(inner)
        self.lists[-1].append(TEXT("list-item", self._paragraph(piece)))

    def _is_open(self, kind: str) -> bool:
        """Say whether the last thing written is a list of this kind."""
        name = _of({"text:style-name": f"{kind}s"})
        return bool(self.lists) and self.done[-1] is self.lists[0] and self.lists[0].attrib == name

    def _paragraph(self, piece: Paragraph) -> Any:
        usual = "text" if piece.kind in ("bullet", "number") else piece.kind
        name = self._on_new_page(usual) if piece.on_new_page else usual
        told = {"text:style-name": name}
        if level := LEVELS.get(piece.kind):
            element = TEXT.h(_of({**told, "text:outline-level": str(level)}))
        else:
            element = TEXT.p(_of(told))
        if piece.kind == "tick":
            element.text = BOX
            element.append(TEXT.tab())
        for run in piece.runs:
            element.append(self._run(run))
        return element

    def _run(self, run: Run) -> Any:
        element = TEXT.span()
        if name := self._look(run):
            element.attrib.update(_of({"text:style-name": name}))
        element.text, *more = run.words.split("\n")
        for each in more:
            element.append(TEXT("line-break"))
            element[-1].tail = each
        if run.href:
            link = {"xlink:type": "simple", "xlink:href": run.href}
            return TEXT.a(element, _of(link))
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
            told |= _spoken(run.language)
        return self._style("text", "", told) if told else ""

    def _on_new_page(self, kind: str) -> str:
        return self._style("paragraph", kind, {"fo:break-before": "page"})

    def _style(self, family: str, parent: str, told: dict[str, str]) -> str:
        key = (family, parent, *told.items())
        if key not in self.styles:
            named = {"style:name": f"look{len(self.styles) + 1}", "style:family": family}
            if parent:
                named["style:parent-style-name"] = parent
            properties = STYLE(f"{family}-properties", _of(told))
            self.styles[key] = STYLE.style(properties, _of(named))
        name: str = self.styles[key].get(f"{{{SPACES['style']}}}name")
        return name

    def _table(self, grid: Grid) -> Any:
        rows = []
        for row in grid.rows:
            bold = not rows
            cells = [
                self._paragraph(
                    Paragraph("text", (Run(run.words, bold=bold, language=run.language),))
                )
                for run in row
            ]
            told = _of({"office:value-type": "string"})
            rows.append(TABLE("table-row", *(TABLE("table-cell", each, told) for each in cells)))
        columns = _of({"table:number-columns-repeated": str(len(grid.rows[0]))})
        head = TABLE("table-header-rows", rows[0])
        named = _of({"table:name": f"table{len(self.done)}"})
        return TABLE.table(TABLE("table-column", columns), head, *rows[1:], named)
