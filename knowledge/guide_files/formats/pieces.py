"""What office files are made of: paragraphs and grids, read from the rich text of blocks."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from lxml.html import HtmlElement, fragment_fromstring

from knowledge.sources.marks import LINK_TYPE
from portal.text import plain
from portal.web.text_direction import isolate_codes

Kind = Literal[
    "title", "heading", "subheading", "text", "small", "bullet", "number", "tick", "hint"
]

# XML has no room for these two, and `portal.text.plain` keeps them.
NO_XML = re.compile("[\ufffe\uffff]")
BLANKS = re.compile("[ \t\r\n]+")
CODE = re.compile(r'<bdi dir="ltr">(.*?)</bdi>', re.DOTALL)
LEFT_TO_RIGHT = "\u200e"
BOX = "☐"
LISTS: dict[str, Kind] = {"ul": "bullet", "ol": "number"}
PARTS = ("p", "div", "blockquote", "li", "h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Run:
    """Words of one look; `language` where it is not the file's, `href` where they lead away."""

    words: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    language: str = ""
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    """
    A paragraph, a heading or the item of a list; "\\n" in its words ends a line.

    `level` is how deep an item of a list lies, from 0; `begins` says that its list begins here.
    `on_new_page` is for a heading before which a page ends.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0
    begins: bool = False
    on_new_page: bool = False

    @property
    def words(self) -> str:
        return "".join(run.words for run in self.runs)


@dataclass(frozen=True)
class Grid:
    """A table in a text; its first row is its head."""

    rows: tuple[tuple[Run, ...], ...]


Piece = Paragraph | Grid


def clean(words: str | None) -> str:
    """Return words that XML can hold, as people see them; codes in Arabic keep their order."""
    words = NO_XML.sub("", plain(words or ""))
    marked = CODE.sub(rf"{LEFT_TO_RIGHT}\1{LEFT_TO_RIGHT}", str(isolate_codes(words)))
    return html.unescape(marked)


def said(
    kind: Kind, words: str | None, language: str = "", *, on_new_page: bool = False
) -> Paragraph:
    """Return a paragraph of plain words; `language` where it is not the file's."""
    return Paragraph(kind, (Run(clean(words), language=language),), on_new_page=on_new_page)


def leading(address: str) -> Run:
    """Return an address that leads there; it runs from left to right among whatever words."""
    return Run(f"{LEFT_TO_RIGHT}{address}{LEFT_TO_RIGHT}", language="en", href=address)


def read(source: str, numbers: Mapping[str, int], kind: Kind = "text") -> list[Paragraph]:
    """
    Return the paragraphs of a rich text, as the database keeps it; of links the words alone.

    `numbers` are those of sources by their keys: one stands at each word that cites it.
    """
    if not (source := NO_XML.sub("", plain(source))).strip():
        return []
    root = fragment_fromstring(source, create_parent="div")
    reader = _Reader(numbers, kind)
    reader.walk(root, Run(""))
    reader.end()
    return reader.done


def words_of(paragraphs: Iterable[Paragraph]) -> str:
    """Return the words of paragraphs, a line each, with numbers of sources in brackets."""
    return "\n".join(_plain(each) for each in paragraphs)


def _plain(paragraph: Paragraph) -> str:
    mark = "- " if paragraph.kind == "bullet" else ""
    return mark + "".join(f" [{run.words}]" if run.raised else run.words for run in paragraph.runs)


class _Reader:
    """A walk over the elements of a rich text, which gathers runs until a paragraph ends."""

    def __init__(self, numbers: Mapping[str, int], kind: Kind) -> None:
        self.numbers, self.usual = numbers, kind
        self.done: list[Paragraph] = []
        self.runs: list[Run] = []
        self.lists: list[Kind] = []
        self.begins = False

    def walk(self, element: HtmlElement, look: Run) -> None:
        self.add(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self.enter(child, look)
            self.add(child.tail, look)

    def enter(self, child: HtmlElement, look: Run) -> None:
        if child.tag == "br":
            self.runs.append(replace(look, words="\n"))
        elif child.tag in ("b", "strong"):
            self.walk(child, replace(look, bold=True))
        elif child.tag in ("i", "em"):
            self.walk(child, replace(look, italic=True))
        elif child.tag == "a" and child.get("linktype") == LINK_TYPE:
            if number := self.numbers.get(child.get("source", "")):
                self.runs.append(Run(str(number), raised=True))
        elif child.tag in LISTS:
            self.end()
            self.lists.append(LISTS[child.tag])
            self.begins = True
            self.walk(child, look)
            self.end()
            self.lists.pop()
        elif child.tag in PARTS:
            self.end()
            is_heading = child.tag in PARTS[4:]
            self.walk(child, replace(look, bold=look.bold or is_heading))
            self.end()
        else:
            self.walk(child, look)

    def add(self, words: str | None, look: Run) -> None:
        if words := BLANKS.sub(" ", words or ""):
            self.runs.append(replace(look, words=clean(words)))

    def end(self) -> None:
        """End the paragraph, if anything stands in it."""
        runs = list(_trimmed(self.runs))
        self.runs = []
        if not runs:
            return
        kind = self.lists[-1] if self.lists else self.usual
        level = max(0, len(self.lists) - 1)
        self.done.append(Paragraph(kind, tuple(runs), level, begins=self.begins))
        self.begins = False


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    """Yield runs without blanks at the edges of their lines."""
    kept: list[Run] = []
    for run in runs:
        at_edge = not kept or kept[-1].words.endswith((" ", "\n"))
        words = run.words.lstrip(" ") if at_edge else run.words
        if words:
            kept.append(replace(run, words=words))
    while kept and not (words := kept[-1].words.rstrip(" \n")):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], words=words)
    yield from kept
