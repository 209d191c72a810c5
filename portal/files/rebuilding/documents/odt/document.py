"""ODT to a tagged PDF: what the text shows, laid out by WeasyPrint."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from xml.etree.ElementTree import Element, SubElement

from portal.files.limits import Limits
from portal.files.rebuilding.documents.content import Content
from portal.files.rebuilding.documents.odt.frames import Frames
from portal.files.rebuilding.documents.odt.styles import NS, Counter, Styles, number, q, style_of
from portal.files.rebuilding.documents.wording import Collector
from portal.files.rebuilding.package import Archive
from portal.files.rebuilding.result import Rebuilt, Refused

# What nobody sees, or what is in it, and what is said of that.
INDEXES = ("table-of-content", "alphabetical-index", "bibliography", "table-index", "user-index")
UNSEEN = {
    **{q(f"text:{name}-source"): "" for name in (*INDEXES, "illustration-index", "object-index")},
    **{q(f"text:{name}-decls"): "" for name in ("sequence", "variable", "user-field")},
    **{q(f"text:{name}"): "" for name in ("number", "hidden-text", "script", "note-citation")},
    **{q(f"svg:{name}"): "" for name in ("title", "desc")},
    **{q(f"table:{name}"): "" for name in ("covered-table-cell", "title", "desc")},
    **{q(f"office:{name}"): "" for name in ("forms", "scripts", "event-listeners", "binary-data")},
    q("office:annotation"): "comments-out",
    q("text:tracked-changes"): "changes",
}
OF_PAGES = {q("text:page-number"), q("text:page-count"), q("text:page-continuation")}
TEXT = {q("text:p"), q("text:h")}
APART = {q(f"text:{name}") for name in ("s", "tab", "line-break", "note", "ruby-text", "ruby-base")}
ROWS = {q("table:table-header-rows"), q("table:table-rows"), q("table:table-row-group")}
DRAWN = f"{{{NS['draw']}}}"
READ = {q(f"draw:{name}") for name in ("image", "object", "object-ole", "enhanced-geometry")}
MOST = 1_000  # spaces, columns or rows that one element may stand for


def rebuild_odt(data: bytes, limits: Limits, *, keep_colour: bool = False) -> Rebuilt:
    """
    Show what an OpenDocument text shows, as a tagged PDF. Raises Refused.

    Tracked changes are accepted; remarks, hidden words and the looks of pages are gone.
    """
    try:
        return Document(data, limits, keep_colour=keep_colour).rebuilt()
    except RecursionError:
        raise Refused("xml-depth") from None


@dataclass(frozen=True)
class Place:
    """A place of the walk: in what list, at what depth of it, on what ground, in what colour."""

    style: str = ""
    depth: int = 0
    counter: Counter | None = None
    label: str = ""  # what stands before the next paragraph
    is_filled: bool = False
    is_pale: bool = False
    is_edge: bool = False  # a header or a footer


class Document:
    """One OpenDocument text on its way."""

    def __init__(self, data: bytes, limits: Limits, *, keep_colour: bool) -> None:
        self.archive = Archive(data, limits)
        self.content = Content.empty(limits, keep_colour=keep_colour)
        self.styles = Styles()
        self.frames = Frames(self.archive, self.styles, self.content.figures)
        self.counters = {"outline": Counter(self.styles)}
        self.behind: list[str] = []  # what stands behind the paragraph

    def rebuilt(self) -> Rebuilt:
        if b"encryption-data" in self.archive.read("META-INF/manifest.xml"):
            raise Refused("encrypted")
        named, root = self.archive.root("styles.xml"), self.archive.root("content.xml")
        body = root.find("office:body/office:text", NS)
        if body is None:
            raise Refused("damaged")
        self.styles.add(named)
        self.styles.add(root)
        edges = self.edges(named, body)
        html = edges["header"] + self.written(body, Place()) + edges["footer"]
        return self.content.rebuilt(html)

    def written(self, element: Element, place: Place) -> str:
        """Return the HTML of an element; what it shows counts as shown from now on."""
        html = "".join(self.blocks(element, place))
        left_out = self.content.left_out
        collector = Collector(lambda each: True, TEXT, APART, left_out, True)
        collector.collect(element)
        self.content.shown += collector.found
        return html

    def edges(self, named: Element, body: Element) -> dict[str, str]:
        """Return the headers and the footers that pages show, each once."""
        pages = {row.get(q("style:name")): row for row in named.iter(q("style:master-page"))}
        used: dict[str | None, None] = {}
        for element in body.iter():
            page: str | None = self.styles.page(element)
            if element.tag in TEXT and not used and not page:
                page = "Standard"
            while page in pages and page not in used:
                used[page] = None
                page = pages[page].get(q("style:next-style-name"))
        html = {"header": "", "footer": ""}
        for part in (part for page in used for part in pages[page]):
            kind = str(part.tag).rpartition("}")[2].partition("-")[0]
            if kind in html and part.get(q("style:display")) != "false":
                words = self.written(part, Place(is_edge=True))
                html[kind] += words if words not in html[kind] else ""
                self.content.notes |= {"edges"} if words else set()
        return html

    def is_hidden(self, element: Element) -> bool:
        attributes = ("text:is-hidden", "text:display", "draw:display", "table:visibility")
        states = [element.get(q(name)) for name in attributes]
        if states[0] == "true" or states[1] == "none" or states[2] in ("none", "screen"):
            return True
        if element.tag in TEXT and any(
            each.get(q("text:is-hidden")) == "true"
            for each in element.iterfind(".//text:hidden-paragraph", NS)
        ):
            return True
        return states[3] in ("collapse", "filter") or self.styles.is_hidden(element)

    def visible(self, parent: Element, place: Place) -> Iterator[tuple[Element, Place]]:
        """Yield the children of an element that are shown, each with where it is."""
        for child in parent:
            if child.tag in UNSEEN:
                self.content.leave_out(child, UNSEEN[child.tag])
            elif place.is_edge and child.tag in OF_PAGES:
                self.content.leave_out(child)
            elif self.is_hidden(child):
                self.content.leave_out(child, "hidden")
            else:
                yield (
                    child,
                    replace(
                        place,
                        is_filled=place.is_filled or self.styles.fills(child),
                        is_pale=self.styles.is_pale(child, place.is_pale),
                    ),
                )

    def blocks(self, parent: Element, place: Place) -> Iterator[str]:
        """Yield the HTML of what stands in a body, cell, section or item; a label comes first."""
        for child, its in self.visible(parent, place):
            its = replace(its, label=place.label)
            if child.tag in TEXT:
                yield self.paragraph(child, its)
                place = replace(place, label="")
            elif child.tag == q("text:list"):
                yield f"<ul>{''.join(self.items(child, its))}</ul>"
            elif child.tag == q("table:table"):
                yield f"<table>{''.join(self.rows(child, its, 'td'))}</table>"
            elif str(child.tag).startswith(DRAWN):
                outer, self.behind = self.behind, []
                html = self.drawing(child, its)
                yield f"<p>{html}</p>{''.join(self.behind)}"
                self.behind = outer
            else:
                yield from self.blocks(child, its)

    def paragraph(self, element: Element, place: Place) -> str:
        outer, self.behind = self.behind, []
        words, tag, label = self.inline(element, place), "p", place.label
        if element.tag == q("text:h"):
            depth = min(max(number(element.get(q("text:outline-level"))), 1), 10)
            if not place.counter and element.get(q("text:is-list-header")) != "true":
                start = element.get(q("text:start-value"))
                label = self.counters["outline"].label("outline", depth, start)
            tag = self.content.heading(depth) if words.strip() else "p"
        words = f"{escape(label)} {words}" if label else words
        behind, self.behind = "".join(self.behind), outer
        return f"<{tag}>{words}</{tag}>{behind}" if words else behind

    def items(self, element: Element, place: Place) -> Iterator[str]:
        """Yield the items of a list, which counts on from another or begins anew."""
        style = style_of(element) or place.style
        counter = place.counter
        if counter is None:
            goes_on = element.get(q("text:continue-numbering")) == "true" or element.get(
                q("text:continue-list")
            )
            if not goes_on or style not in self.counters:
                self.counters[style] = Counter(self.styles)
            counter = self.counters[style]
        depth = place.depth + 1
        for item, its in self.visible(element, place):
            label = ""
            first = next((each.tag for each in item if each.tag != q("text:soft-page-break")), "")
            if item.tag == q("text:list-item") and first in TEXT:
                label = counter.label(style, depth, item.get(q("text:start-value")))
            inner = replace(its, style=style, depth=depth, counter=counter, label=label)
            yield f"<li>{''.join(self.blocks(item, inner))}</li>"

    def rows(self, parent: Element, place: Place, tag: str) -> Iterator[str]:
        for child, its in self.visible(parent, place):
            if child.tag in ROWS:
                is_head = child.tag == q("table:table-header-rows")
                yield from self.rows(child, its, "th" if is_head else tag)
            elif child.tag == q("table:table-row"):
                row = f"<tr>{''.join(self.cells(child, its, tag))}</tr>"
                yield from [row] * times(child.get(q("table:number-rows-repeated")))

    def cells(self, row: Element, place: Place, tag: str) -> Iterator[str]:
        for cell, its in self.visible(row, place):
            across, down = (
                times(cell.get(q(f"table:number-{kind}-spanned"))) for kind in ("columns", "rows")
            )
            inner = Place(is_filled=its.is_filled, is_edge=its.is_edge)
            words = "".join(self.blocks(cell, inner))
            html = f'<{tag} colspan="{across}" rowspan="{down}">{words}</{tag}>'
            yield from [html] * times(cell.get(q("table:number-columns-repeated")))

    def inline(self, element: Element, place: Place) -> str:
        """Return what stands in a paragraph, or in part of one."""
        if place.is_pale and not place.is_filled:
            self.blank(element)
        html = escape(element.text or "")
        shown = dict(self.visible(element, place))
        for child in element:
            html += self.piece(child, shown[child]) if child in shown else ""
            html += escape(child.tail or "")
        return html

    def blank(self, element: Element) -> None:
        """Take out words in the colour of paper: those in an element itself."""
        own = [element.text, *(child.tail for child in element)]
        self.content.notes |= {"hidden"} if any(map(str.strip, filter(None, own))) else set()
        element.text = None
        for child in element:
            child.tail = None

    def piece(self, element: Element, place: Place) -> str:
        tag = str(element.tag)
        if tag == q("text:s"):
            return "\u00a0" * times(element.get(q("text:c")))
        if tag == q("text:tab"):
            return " "
        if tag == q("text:line-break"):
            return "<br>"
        if tag == q("text:note"):
            at, mark = self.content.mark()
            self.content.place_note(at, "".join(self.blocks(element, Place())))
            return mark
        if tag in TEXT:
            self.behind.append(self.paragraph(element, replace(place, label="")))
            return ""
        if tag.startswith(DRAWN):
            return self.drawing(element, place)
        html = self.inline(element, place)
        if tag == q("text:ruby-text"):
            return f" ({html}) "
        if tag == q("text:a"):
            beside = self.content.link(element.get(q("xlink:href"), ""), words_in(element))
            SubElement(element, q("text:span")).text = beside
            return html + escape(beside)
        for look in self.styles.looks(element) if tag == q("text:span") else ():
            html = f"<{look}>{html}</{look}>"
        return html

    def drawing(self, element: Element, place: Place) -> str:
        """Return the pictures of a frame, group or shape; its words stand behind the paragraph."""
        if element.tag == q("draw:frame"):
            formula = self.frames.formula(element)
            if formula is not None:
                return self.content.formula(formula)
        html = self.frames.picture(element)
        is_empty = not html and not any(each.tag in TEXT for each in element.iter())
        if is_empty and element.tag not in (q("draw:g"), q("draw:a"), q("draw:frame")):
            self.content.notes.add("drawings")
        inner = Place(is_filled=place.is_filled, is_edge=place.is_edge)
        for child, its in self.visible(element, inner):
            if child.tag in TEXT or child.tag in (q("text:list"), q("table:table")):
                one = Element("one")
                one.append(child)
                self.behind += self.blocks(one, inner)
            elif child.tag == q("draw:text-box"):
                self.behind += self.blocks(child, its)
            elif child.tag not in READ:
                html += self.drawing(child, its)
        return html


def words_in(element: Element) -> str:
    return "".join(element.itertext())


def times(text: str | None) -> int:
    """Return how often an element counts: once, where it does not say."""
    return min(max(number(text), 1), MOST)
