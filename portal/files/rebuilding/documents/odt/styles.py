"""What an OpenDocument text has from its styles: looks, lists, what is hidden."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from portal.files.rebuilding.documents.figures import whole
from portal.files.rebuilding.documents.numerals import numeral

ODF = "urn:oasis:names:tc:opendocument:xmlns"
NS = {
    **{name: f"{ODF}:{name}:1.0" for name in ("office", "text", "table", "style")},
    "draw": f"{ODF}:drawing:1.0",
    "fo": f"{ODF}:xsl-fo-compatible:1.0",
    "svg": f"{ODF}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "math": "http://www.w3.org/1998/Math/MathML",
}
BULLET = "•"
DEEPEST = 20  # styles based on one another, should they go round in a circle
PALE = "f0"  # of each colour: what nobody reads on paper
# Elements that have a ground or a colour, and the family of their styles.
FAMILIES = {
    "p": "paragraph", "h": "paragraph", "span": "text", "table": "table", "table-row": "table-row",
    "table-cell": "table-cell", "section": "section", "frame": "graphic",
    "custom-shape": "graphic", "rect": "graphic",
}  # fmt: skip
LOOKS = (
    ("strong", "fo:font-weight", ("bold", "600", "700", "800", "900")),
    ("em", "fo:font-style", ("italic", "oblique")),
    ("sup", "style:text-position", ("super",)),
    ("sub", "style:text-position", ("sub",)),
)
LINES = (("u", "style:text-underline-style"), ("s", "style:text-line-through-style"))


def q(name: str) -> str:
    """Return a name with its prefix as the tree has it."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def style_of(element: Element) -> str:
    """Return the name of an element's style."""
    found = (element.get(q(f"{name}:style-name")) for name in ("text", "table", "draw"))
    return next(filter(None, found), "")


def family_of(element: Element) -> str:
    return FAMILIES.get(str(element.tag).rpartition("}")[2], "")


@dataclass
class Styles:
    """The styles of a document, those of its text before the named ones."""

    named: dict[tuple[str, str], Element] = field(default_factory=dict)
    lists: dict[str, Element] = field(default_factory=dict)

    def add(self, root: Element) -> None:
        for row in root.iter(q("style:style")):
            self.named[row.get(q("style:family"), ""), row.get(q("style:name"), "")] = row
        for row in root.iter(q("text:list-style")):
            self.lists[row.get(q("style:name"), "")] = row
        for row in root.iter(q("text:outline-style")):
            self.lists["outline"] = row

    def find(self, element: Element, attribute: str, kind: str = "text") -> str:
        """Return a property of an element's style, or of the styles below it; "" for none."""
        name = style_of(element)
        for _ in range(DEEPEST):
            row = self.named.get((family_of(element), name))
            if row is None:
                break
            for properties in row.iterfind(f"style:{kind}-properties", NS):
                if found := properties.get(q(attribute)):
                    return found
            name = row.get(q("style:parent-style-name"), "")
        return ""

    def page(self, element: Element) -> str:
        """Return the kind of page that begins with an element, "" where it begins none."""
        row = self.named.get((family_of(element), style_of(element)))
        return row.get(q("style:master-page-name"), "") if row is not None else ""

    def is_hidden(self, element: Element) -> bool:
        """Say whether an element's style makes its words invisible, or too small for an eye."""
        size = self.find(element, "fo:font-size")
        is_tiny = size.endswith("pt") and whole(size.removesuffix("pt")) < 2
        return is_tiny or self.find(element, "text:display") == "none"

    def is_pale(self, element: Element, before: bool) -> bool:
        """Say whether an element has the colour of paper; `before` where it names no colour."""
        if family_of(element) not in ("paragraph", "text"):
            return before
        colour = self.find(element, "fo:color")
        is_automatic = self.find(element, "style:use-window-font-color") == "true"
        return is_pale(colour) if colour and not is_automatic else before and not is_automatic

    def fills(self, element: Element) -> bool:
        """Say whether an element has a ground that is not white."""
        family = family_of(element)
        grounds = [
            self.find(element, "fo:background-color", kind)
            for kind in filter(None, ("text" if family == "text" else "", family))
        ]
        grounds.append(self.find(element, "draw:fill-color", "graphic"))
        return any(each not in ("", "transparent") and not is_pale(each) for each in grounds)

    def looks(self, element: Element) -> list[str]:
        """Return the HTML elements that stand for the looks of an element's words."""
        found = [
            tag
            for tag, attribute, values in LOOKS
            if self.find(element, attribute).split(" ")[0] in values
        ]
        return found + [tag for tag, name in LINES if self.find(element, name) not in ("", "none")]

    def level(self, name: str, depth: int) -> Element | None:
        """Return how a list's style ("outline" for headings) counts at a depth (from 1)."""
        rows = self.lists.get(name, ())
        return next((row for row in rows if row.get(q("text:level")) == str(depth)), None)


def is_pale(colour: str) -> bool:
    """Say whether a colour ("#ffffff") is as good as white."""
    digits = colour.removeprefix("#").lower()
    return len(digits) == 6 and all(digits[at : at + 2] >= PALE for at in (0, 2, 4))


@dataclass
class Counter:
    """The numbers of one list, or of the headings."""

    styles: Styles
    at: dict[int, int] = field(default_factory=dict)

    def label(self, style: str, depth: int, start: str | None = None) -> str:
        """Return what stands before the next paragraph at a depth (from 1)."""
        row = self.styles.level(style, depth)
        first = number(start or (row.get(q("text:start-value")) if row is not None else None)) or 1
        self.at = {each: at for each, at in self.at.items() if each <= depth}
        self.at[depth] = self.at[depth] + 1 if depth in self.at and not start else first
        if row is None or str(row.tag).endswith(("-bullet", "-image")):
            return "" if style == "outline" else BULLET
        if not row.get(q("style:num-format")):
            return ""
        first_shown = max(depth + 1 - (number(row.get(q("text:display-levels"))) or 1), 1)
        shown = (self.written(style, each) for each in range(first_shown, depth + 1))
        words = ".".join(filter(None, shown))
        return f"{row.get(q('style:num-prefix'), '')}{words}{row.get(q('style:num-suffix'), '')}"

    def written(self, style: str, depth: int) -> str:
        row = self.styles.level(style, depth)
        kind = row.get(q("style:num-format"), "") if row is not None else ""
        return numeral(self.at.get(depth, 1), kind) if kind else ""


def number(text: str | None) -> int:
    """Return a number of at most four digits, 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0
