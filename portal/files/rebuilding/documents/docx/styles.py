"""What paragraphs and runs of Word have from their styles."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from portal.files.rebuilding.documents.docx.package import NS, q, value

HEADING = re.compile(r"heading ([1-9])\b", re.IGNORECASE)
DEEPEST = 20  # styles based on one another, should they go round in a circle
PALE = 0xF0  # of each colour: what nobody reads on paper
TINY = ("1", "2", "3")  # half-points, too small for an eye


class Styles:
    """The styles of a document (`word/styles.xml`)."""

    def __init__(self, root: Element) -> None:
        rows = root.findall("w:style", NS)
        self.by_id = {value(row, "w:styleId"): row for row in rows}
        usual = root.find("w:style[@w:type='paragraph'][@w:default='1']", NS)
        self.usual = value(usual, "w:styleId")

    def chain(self, style: str) -> Iterator[Element]:
        """Yield a style and those that it is based on."""
        for _ in range(DEEPEST):
            if (row := self.by_id.get(style)) is None:
                return
            yield row
            style = value(row.find("w:basedOn", NS))

    def find(self, style: str, path: str) -> Element | None:
        """Return the first of a style and those below it that has something at `path`."""
        found = (row.find(path, NS) for row in self.chain(style))
        return next((each for each in found if each is not None), None)

    def of_paragraph(self, paragraph: Element) -> str:
        """Return the id of a paragraph's style."""
        return value(paragraph.find("w:pPr/w:pStyle", NS)) or self.usual

    def heading(self, paragraph: Element) -> int | None:
        """Return what level of heading a paragraph is, 0 for the title; None for other text."""
        style = self.of_paragraph(paragraph)
        own = paragraph.find("w:pPr/w:outlineLvl", NS)
        level = value(own if own is not None else self.find(style, "w:pPr/w:outlineLvl"))
        if level.isdigit():
            return int(level) + 1 if int(level) < 9 else None
        for row in self.chain(style):
            name = value(row.find("w:name", NS))
            if match := HEADING.match(name):
                return int(match[1])
            if name.lower() == "title":
                return 0
        return None

    def of_run(self, run: Element, paragraph: str, name: str) -> Element | None:
        """Return a property of a run: its own, or its style's, or its paragraph's style's."""
        own = run.find(f"w:rPr/{name}", NS)
        if own is None:
            own = self.find(value(run.find("w:rPr/w:rStyle", NS)), f"w:rPr/{name}")
        return own if own is not None else self.find(paragraph, f"w:rPr/{name}")

    def is_lost(self, run: Element, paragraph: str, *, is_filled: bool) -> bool:
        """Say whether a run's words cannot be read: tiny, or in the colour of paper."""
        if value(self.of_run(run, paragraph, "w:sz")) in TINY:
            return True
        if is_filled or is_shaded(run.find("w:rPr/w:shd", NS)):
            return False
        if value(run.find("w:rPr/w:highlight", NS)) not in ("", "none", "white"):
            return False
        return is_pale(value(self.of_run(run, paragraph, "w:color")))

    def fills(self, element: Element, style: str) -> bool:
        """Say whether a table, cell, paragraph or drawing has a ground that is not white."""
        tag = str(element.tag).rpartition("}")[2]
        if tag in ("drawing", "pict", "object"):
            inside = {str(each.tag).rpartition("}")[2] for each in element.iter()}
            is_filled = any(each.get("fillcolor") for each in element.iter())
            return is_filled or bool(inside & {"solidFill", "gradFill", "blip", "fill"})
        if tag not in ("p", "tbl", "tc"):
            return False
        shades = [*element.iterfind(f"w:{tag}Pr/w:shd", NS)]
        table = value(element.find("w:tblPr/w:tblStyle", NS)) if tag == "tbl" else ""
        for row in self.chain(table or (style if tag == "p" else "")):
            shades += row.iter(q("w:shd"))
        return any(map(is_shaded, shades))


def is_pale(colour: str) -> bool:
    """Say whether a colour ("FFFFFF") is as good as white."""
    return bool(re.fullmatch("[0-9A-Fa-f]{6}", colour)) and min(bytes.fromhex(colour)) >= PALE


def is_shaded(shade: Element | None) -> bool:
    """Say whether a ground is any other than white."""
    fill = value(shade, "w:fill")
    is_pattern = value(shade) not in ("", "clear", "nil")
    return (
        is_pattern
        or bool(value(shade, "w:themeFill"))
        or not (fill in ("", "auto") or is_pale(fill))
    )
