"""What a document shows, while it is written anew: the same for all formats."""

from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from portal.files.limits import Limits
from portal.files.rebuilding.documents.figures import Figures
from portal.files.rebuilding.documents.language_detection import language_of
from portal.files.rebuilding.documents.tagged_pdf import tagged_pdf
from portal.files.rebuilding.result import Rebuilt

FRACTIONS = ("f", "mfrac")
RAISED = ("sup", "msup", "mover")
LOWERED = ("sub", "msub", "munder")
UNWRITTEN = ("annotation", "annotation-xml", "phant", "mphantom")


@dataclass
class Content:
    """A document on its way: `left_out` are elements that nobody sees, `shown` the others' text."""

    figures: Figures
    notes: set[str] = field(default_factory=lambda: {"layout"})
    left_out: set[Element] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    above: list[int] = field(default_factory=list)  # the levels of the headings above

    @classmethod
    def empty(cls, limits: Limits, *, keep_colour: bool) -> "Content":
        return cls(Figures(limits, keep_colour=keep_colour))

    def leave_out(self, element: Element, note: str = "") -> None:
        """Pass over an element, and say so."""
        self.left_out.add(element)
        self.notes |= {note} if note else set()

    def heading(self, level: int) -> str:
        """Return the tag of the next heading: first h1, and none is skipped on the way down."""
        while self.above and self.above[-1] >= level:
            self.above.pop()
        self.above.append(level)
        return f"h{min(len(self.above), 6)}"

    def mark(self) -> tuple[int, str]:
        """Return the number of a new note, and the HTML of its mark in the text."""
        self.footnotes.append("")
        at = len(self.footnotes)
        return at, f'<sup><a href="#note-{at}" id="mark-{at}">[{at}]</a></sup>'

    def place_note(self, at: int, html: str) -> None:
        """Write the note that a mark stands for."""
        back = f'<p><a href="#mark-{at}">[{at}]</a> '
        html = html.replace("<p>", back, 1) if html.startswith("<p>") else f"{back}</p>{html}"
        self.footnotes[at - 1] = f'<li id="note-{at}">{html}</li>'

    def link(self, address: str, words: str) -> str:
        """
        Return what is written behind a link's words: where on the web it leads, if they do not say.

        A link is text in what we make. What follows "?" or "#" in an address names, as often as
        not, the person that it was sent to, and nobody saw it.
        """
        try:
            parts = urlsplit(address.strip())
            host = parts.netloc.rpartition("@")[2] if parts.hostname else ""
        except ValueError:
            return ""
        place = f"{host}{parts.path}"
        is_said = not words.strip() or place.rstrip("/").lower() in words.lower()
        if not host or parts.scheme.lower() not in ("http", "https") or is_said:
            return ""
        self.notes.add("links-beside")
        more = "…" if parts.query or parts.fragment else ""
        return f" ({parts.scheme.lower()}://{place}{more})"

    def formula(self, element: Element) -> str:
        """Return a formula in one line, its signs apart."""
        self.notes.add("formulas")
        return f" {escape(in_one_line(element))} "

    def rebuilt(self, html: str) -> Rebuilt:
        """Return the document made of this HTML and what is kept here. Raises Refused."""
        if self.footnotes:
            html += f"<ol>{''.join(self.footnotes)}</ol>"
        self.notes |= {"made-grey"} if self.figures.has_paper else set()
        return tagged_pdf(
            html,
            pictures=self.figures.encoded,
            language=language_of(" ".join(self.shown)),
            shown=self.shown,
            notes=self.notes,
        )


def in_one_line(formula: Element) -> str:
    """Return a formula's signs, with / ^ _ √ for what stands above, below, under a root."""
    kind = str(formula.tag).rpartition("}")[2]
    if kind in UNWRITTEN:
        return ""
    parts = [part for child in formula if (part := in_one_line(child))]
    if kind in FRACTIONS and len(parts) == 2:
        return f"({parts[0]}) / ({parts[1]})"
    for kinds, sign in ((RAISED, "^"), (LOWERED, "_")):
        if kind in kinds and parts:  # Word has the base outside, OpenDocument inside
            return f"{' '.join(parts[:-1])} {sign}({parts[-1]})".strip()
    if kind in ("rad", "msqrt", "mroot"):
        return f"√({' '.join(parts)})"
    return " ".join(parts) if len(formula) else (formula.text or "").strip()


def nested(items: list[tuple[int, str]]) -> str:
    """Items of a list, each with its level from 0, as lists within lists."""
    html: list[str] = []
    depth = 0
    for level, words in items:
        html += ["</li></ul>"] * (depth - level - 1)
        depth = min(depth, level + 1)
        html.append("</li><li>" if depth == level + 1 else "<ul><li>" * (level + 1 - depth))
        html.append(words)
        depth = level + 1
    return "".join(html) + "</li></ul>" * depth
