"""The numbers and bullets that Word sets before paragraphs: they are counted, not written."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from portal.files.rebuilding.documents.docx.package import NS, is_on, value
from portal.files.rebuilding.documents.docx.styles import Styles
from portal.files.rebuilding.documents.numerals import numeral

BULLET = "•"


@dataclass
class Counted:
    """A list: how each level is written, and where it stands. Lists of one definition share it."""

    levels: dict[int, Element]
    at: dict[int, int] = field(default_factory=dict)

    def label(self, level: int) -> str:
        """Return what stands before the next paragraph at a level."""
        row = self.levels.get(level)
        self.at[level] = self.at.get(level, self.first(level) - 1) + 1
        for deeper in [each for each in self.at if each > level]:
            after = self.levels[deeper].find("w:lvlRestart", NS) if deeper in self.levels else None
            if after is None or level < number(value(after)):
                del self.at[deeper]
        if row is None or value(row.find("w:numFmt", NS)) == "bullet":
            return BULLET
        is_legal = is_on(row.find("w:isLgl", NS))
        text = value(row.find("w:lvlText", NS))
        return re.sub("%([1-9])", lambda match: self.written(int(match[1]) - 1, is_legal), text)

    def first(self, level: int) -> int:
        row = self.levels.get(level)
        return number(value(row.find("w:start", NS)), 1) if row is not None else 1

    def written(self, level: int, is_legal: bool) -> str:
        row = self.levels.get(level)
        style = value(row.find("w:numFmt", NS)) if row is not None else ""
        words = numeral(self.at.get(level, self.first(level)), "" if is_legal else style)
        return words.zfill(2) if style == "decimalZero" else words


class Lists:
    """The lists of a document. Ask in the order in which its paragraphs stand."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self.styles = styles
        self.rows = {value(row, "w:numId"): row for row in root.findall("w:num", NS)}
        self.kinds = {
            value(row, "w:abstractNumId"): row for row in root.findall("w:abstractNum", NS)
        }
        self.lists: dict[str, Counted] = {}

    def label(self, paragraph: Element) -> tuple[str, int] | None:
        """Return what stands before a paragraph, and its level from 0; None for one of no list."""
        style = self.styles.of_paragraph(paragraph)
        rows = [paragraph.find("w:pPr/w:numPr", NS), self.styles.find(style, "w:pPr/w:numPr")]
        found = [row for row in rows if row is not None]
        id_ = next(filter(None, (value(row.find("w:numId", NS)) for row in found)), "0")
        if id_ == "0":
            return None
        tied = self.levels_of_styles(id_).get(style, 0)
        levels = (value(row.find("w:ilvl", NS)) for row in found)
        level = min(number(next(filter(None, levels), ""), tied), 8)
        return self.counted(id_).label(level), level

    def counted(self, id_: str) -> Counted:
        """Return the list of an id: its definition's, or one of its own where it begins again."""
        if id_ not in self.lists:
            row = self.rows.get(id_)
            kind = value(row.find("w:abstractNumId", NS)) if row is not None else ""
            key = f"kind {kind}"
            shared = self.lists.setdefault(key, Counted(self.levels(kind)))
            self.lists[id_] = shared
            for override in row.findall("w:lvlOverride", NS) if row is not None else ():
                if self.lists[id_] is shared:
                    self.lists[id_] = Counted(dict(shared.levels))
                place = number(value(override, "w:ilvl"))
                level = override.find("w:lvl", NS)
                if level is not None:
                    self.lists[id_].levels[place] = level
                start = value(override.find("w:startOverride", NS))
                self.lists[id_].at |= {place: number(start) - 1} if start else {}
        return self.lists[id_]

    def levels(self, kind: str) -> dict[int, Element]:
        row = self.kinds.get(kind)
        link = value(row.find("w:numStyleLink", NS)) if row is not None else ""
        if link:  # the levels stand at the definition that the style names
            named = self.rows.get(value(self.styles.find(link, "w:pPr/w:numPr/w:numId")))
            row = self.kinds.get(
                value(named.find("w:abstractNumId", NS) if named is not None else None)
            )
        levels = row.findall("w:lvl", NS) if row is not None else []
        return {number(value(level, "w:ilvl")): level for level in levels}

    def levels_of_styles(self, id_: str) -> dict[str, int]:
        """Return the levels that a list ties to styles of paragraphs."""
        levels = self.counted(id_).levels.items()
        return {value(row.find("w:pStyle", NS)): level for level, row in levels}


def number(text: str, otherwise: int = 0) -> int:
    """Return a number of at most four digits; `otherwise` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else otherwise
