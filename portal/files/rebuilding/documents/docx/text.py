"""
Writing what one part of a Word document shows, as HTML.

What was deleted with changes tracked, remarks, hidden words and the codes of fields are passed over
here, by name. What this file does not know is gone into, never skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element, SubElement

from portal.files.rebuilding.documents.content import Content, nested
from portal.files.rebuilding.documents.docx.drawings import Drawings, is_hidden, is_shape
from portal.files.rebuilding.documents.docx.fields import OF_PAGES, Field, kind_of
from portal.files.rebuilding.documents.docx.lists import Lists, number
from portal.files.rebuilding.documents.docx.package import NS, alternative, is_on, q, value
from portal.files.rebuilding.documents.docx.styles import Styles
from portal.files.rebuilding.documents.symbols import sign_of
from portal.files.rebuilding.result import Refused

GONE = {
    q("w:del"): "changes", q("w:moveFrom"): "changes",
    q("w:commentReference"): "comments-out", q("w:annotationRef"): "",
}  # fmt: skip
PROPERTIES = {q(f"w:{name}Pr") for name in ("p", "r", "tbl", "tr", "tc", "sdt", "sect", "ruby")}
BLOCKS = {q("w:p"), q("w:tbl"), q("w:altChunk"), q("w:r"), q("m:oMath"), q("m:oMathPara")}
DRAWINGS = {q("w:drawing"), q("w:pict"), q("w:object")}
FORMULAS = {q("m:oMath"), q("m:oMathPara")}
INSERTED = {q("w:ins"), q("w:moveTo")}
SAID = {q("w:t"), q("w:sym"), q("w:noBreakHyphen")}
NOTES = {q("w:footnoteReference"): "footnote", q("w:endnoteReference"): "endnote"}
LOOKS = {"b": "strong", "i": "em", "u": "u", "strike": "s"}
HEIGHTS = {"superscript": "sup", "subscript": "sub"}
PRIVATE = re.compile("[\uf000-\uf0ff]")  # where fonts of symbols have their signs


@dataclass
class Story:
    """One part on its way: the text itself, a header, the footnotes."""

    content: Content
    styles: Styles
    lists: Lists
    drawings: Drawings
    noted: dict[tuple[str, str], int]  # the numbers of notes by the document's ids, 0 for none yet
    is_edge: bool = False  # a header or a footer
    fields: list[Field] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # all text so far
    boxes: list[str] = field(default_factory=list)  # what stands behind the paragraph
    joined: str = ""  # a paragraph whose end was deleted goes on in the next

    def visible(self, parent: Element) -> Iterator[Element]:
        """Yield an element's children that are shown; of alternatives the one that Word shows."""
        for child in parent:
            if child.tag in GONE:
                self.content.leave_out(child, GONE[child.tag])
            elif child.tag == q("mc:AlternateContent"):
                chosen = alternative(child)
                self.content.left_out.update(each for each in child if each is not chosen)
                yield from self.visible(chosen) if chosen is not None else ()
            else:
                self.content.notes |= {"changes"} if child.tag in INSERTED else set()
                yield child

    def within(self, parent: Element, tags: set[str]) -> Iterator[Element]:
        """Yield the nearest elements of some tags, in whatever stands around them."""
        for child in self.visible(parent):
            if child.tag in tags:
                yield child
            elif child.tag not in PROPERTIES:
                yield from self.within(child, tags)

    def blocks(self, parent: Element, *, is_filled: bool = False) -> str:
        """Return the paragraphs, lists and tables in a body, cell, note or box."""
        html: list[str] = []
        items: list[tuple[int, str]] = []
        for child in self.within(parent, BLOCKS):
            level, words = None, ""
            if child.tag == q("w:p"):
                level, words = self.paragraph(child, is_filled=is_filled)
            elif child.tag == q("w:tbl"):
                words = self.rest() + self.table(child, is_filled=is_filled)
            elif child.tag == q("w:altChunk"):
                raise Refused("inserted")
            else:
                words = f"<p>{self.piece(child, '', is_filled)}</p>"
            if level is not None:
                items.append((level, words))
            elif words:
                html += [nested(items), words]
                items = []
        return "".join([*html, nested(items), self.rest()])

    def rest(self) -> str:
        """End a paragraph that goes on in none, as what is next is a table or the end."""
        words, self.joined = self.joined, ""
        return f"<p>{words}</p>" if words else ""

    def paragraph(self, element: Element, *, is_filled: bool) -> tuple[int | None, str]:
        """Return a paragraph and what was tied to it; its level, where it is an item of a list."""
        outer, self.boxes = self.boxes, []
        style = self.styles.of_paragraph(element)
        is_filled = is_filled or self.styles.fills(element, style)
        before, self.joined = self.joined, ""
        end = {str(each.tag): each for each in element.iterfind("w:pPr/w:rPr/*", NS)}
        is_joined = bool(end.keys() & GONE.keys())
        is_uncounted = is_joined or is_on(end.get(q("w:vanish")))
        label = None if is_uncounted else self.lists.label(element)
        words = before + self.inline(element, style, is_filled)
        behind, self.boxes = "".join(self.boxes), outer
        if is_joined:
            self.joined = f"{words} " if words else ""
            return None, behind
        words = f"{escape(label[0])} {words}" if label and label[0] else words
        level = self.styles.heading(element)
        if level is not None and words.strip():
            tag = self.content.heading(level)
            return None, f"<{tag}>{words}</{tag}>{behind}"
        if label:
            return label[1], words + behind
        return None, f"<p>{words}</p>{behind}" if words else behind

    def inline(self, parent: Element, style: str, is_filled: bool) -> str:
        return "".join(self.piece(child, style, is_filled) for child in self.visible(parent))

    def piece(self, element: Element, style: str, is_filled: bool) -> str:
        """Return what stands in a paragraph: a run, or something around runs."""
        if element.tag in PROPERTIES:
            return ""
        if element.tag == q("w:r"):
            return self.run(element, style, is_filled)
        if element.tag == q("w:fldSimple") and self.is_of_pages(value(element, "w:instr")):
            self.content.leave_out(element)
            return ""
        if element.tag in FORMULAS and not self.is_coded():
            return self.content.formula(element)
        start = len(self.said)
        html = self.inline(element, style, is_filled)
        reference = self.drawings.references.get(value(element, "r:id"))
        if element.tag == q("w:hyperlink") and reference is not None and not self.is_coded():
            beside = self.content.link(reference.target, "".join(self.said[start:]))
            SubElement(element, q("w:t")).text = beside
            html += escape(beside)
        return html

    def run(self, run: Element, style: str, is_filled: bool) -> str:
        """Return the words of a run as they look, without what is not seen of them."""
        is_hidden = is_on(self.styles.of_run(run, style, "w:vanish"))
        is_lost = is_hidden or self.styles.is_lost(run, style, is_filled=is_filled)
        html = ""
        for child in self.visible(run):
            if child.tag == q("w:fldChar"):
                html += self.mark(child, is_unseen=is_lost)
            elif child.tag == q("w:instrText"):
                if self.fields and not self.fields[-1].is_shown:
                    self.fields[-1].code += child.text or ""
            elif self.is_coded() or is_hidden or (is_lost and child.tag in SAID):
                self.content.leave_out(child, "hidden" if is_lost and child.text else "")
            else:
                html += self.sign(child, run, style, is_filled)
        look = run.find("w:rPr", NS)
        if look is None or not html:
            return html
        tags = [tag for name, tag in LOOKS.items() if is_on(look.find(f"w:{name}", NS))]
        underline = value(look.find("w:u", NS))
        tags = [tag for tag in tags if tag != "u" or underline != "none"]
        tags += filter(None, [HEIGHTS.get(value(look.find("w:vertAlign", NS)))])
        for tag in tags:
            html = f"<{tag}>{html}</{tag}>"
        return html

    def sign(self, element: Element, run: Element, style: str, is_filled: bool) -> str:
        """Return what stands in a run: words, signs, the marks of notes, drawings."""
        tag = str(element.tag)
        if tag in SAID:
            return self.say(element, value(run.find("w:rPr/w:rFonts", NS), "w:ascii"))
        if tag in (q("w:tab"), q("w:ptab")):
            return " "
        if tag in (q("w:br"), q("w:cr")):
            return "<br>" if value(element, "w:type") in ("", "textWrapping") else " "
        if tag in NOTES:
            key = NOTES[tag], value(element, "w:id")
            if key not in self.noted:
                self.content.leave_out(element)
                return ""
            self.noted[key], mark = self.content.mark()
            return mark
        if tag in DRAWINGS:
            return self.drawing(element, is_filled)
        if tag == q("w:ruby"):
            base, reading = element.find("w:rubyBase", NS), element.find("w:rt", NS)
            words = self.inline(base, style, is_filled) if base is not None else ""
            above = self.inline(reading, style, is_filled) if reading is not None else ""
            return f"{words} ({above}) " if above else words
        return self.inline(element, style, is_filled)

    def say(self, element: Element, font: str) -> str:
        """Words, their signs of symbol fonts as signs that every font has (in the element too)."""
        words = element.text or ""
        if element.tag == q("w:noBreakHyphen"):
            words = "\u2011"
        if element.tag == q("w:sym"):
            font, code = value(element, "w:font"), value(element, "w:char")
            is_code = re.fullmatch("[0-9A-Fa-f]{2,4}", code)
            words = self.symbol(int(code, 16) if is_code else 0, font)
        words = PRIVATE.sub(lambda found: self.symbol(ord(found[0]), font), words)
        element.text = words
        self.said.append(words)
        return escape(words)

    def symbol(self, point: int, font: str) -> str:
        """Return the sign at a place of a font, or a box, with a note, where nobody knows it."""
        sign = sign_of(point, font)
        self.content.notes |= set() if sign else {"symbols"}
        return sign or "□"

    def mark(self, mark: Element, *, is_unseen: bool) -> str:
        """Note where a field begins, shows or ends, and return what it adds to what it showed."""
        kind = value(mark, "w:fldCharType")
        if kind == "begin":
            self.fields.append(Field(mark))
        elif kind == "separate" and self.fields:
            self.fields[-1].is_shown, self.fields[-1].start = True, len(self.said)
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if is_unseen or self.is_coded():
                return ""
            said = "".join(self.said[ended.start :])
            mark.text = self.content.link(ended.address, said) if ended.is_shown else ended.result()
        return escape(mark.text or "")

    def is_coded(self) -> bool:
        """Say whether what stands here is part of a field's code, or counts pages."""
        return any(not each.is_shown or self.is_of_pages(each.code) for each in self.fields)

    def is_of_pages(self, code: str) -> bool:
        return self.is_edge and kind_of(code) in OF_PAGES

    def drawing(self, element: Element, is_filled: bool) -> str:
        """Return the pictures and lettering of a drawing; its boxes stand behind the paragraph."""
        if is_shape(element) or is_hidden(element):
            self.content.leave_out(element, "drawings" if is_shape(element) else "hidden")
            return ""
        is_filled = is_filled or self.styles.fills(element, "")
        html = ""
        for piece in self.drawings.read(element, self.visible):
            if isinstance(piece, str):
                html += piece
            elif piece.tag == q("w:txbxContent"):
                self.boxes.append(self.blocks(piece, is_filled=is_filled))
            else:
                piece.text = piece.get("string") or piece.text or ""
                html += f" {escape(piece.text)} "
        return html

    def table(self, table: Element, *, is_filled: bool) -> str:
        """Return a table; a cell that goes on below is one, and what is under it is not seen."""
        is_filled = is_filled or self.styles.fills(table, "")
        html, above = [], dict[int, Cell]()
        for row in self.within(table, {q("w:tr")}):
            gone = row.find("w:trPr/w:del", NS) is not None
            if gone or is_on(row.find("w:trPr/w:hidden", NS)):
                self.content.leave_out(row, "changes" if gone else "hidden")
                continue
            column = number(value(row.find("w:trPr/w:gridBefore", NS)))
            cells = [Cell("", column)] if column else []
            for cell in self.within(row, {q("w:tc")}):
                span = number(value(cell.find("w:tcPr/w:gridSpan", NS)), 1) or 1
                merged = cell.find("w:tcPr/w:vMerge", NS)
                if cell.find("w:tcPr/w:cellDel", NS) is not None:
                    self.content.leave_out(cell, "changes")
                    continue
                if merged is not None and value(merged) != "restart" and column in above:
                    above[column].down += 1
                    self.content.leave_out(cell)
                else:
                    its = is_filled or self.styles.fills(cell, "")
                    cells.append(Cell(self.blocks(cell, is_filled=its), span))
                    above[column] = cells[-1]
                column += span
            html.append((is_on(row.find("w:trPr/w:tblHeader", NS)), cells))
        rows = ["".join(cell.html("th" if head else "td") for cell in row) for head, row in html]
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>" if rows else ""


@dataclass
class Cell:
    """A cell of a table, and over how many columns and rows it goes."""

    words: str
    across: int = 1
    down: int = 1

    def html(self, tag: str) -> str:
        return f'<{tag} colspan="{self.across}" rowspan="{self.down}">{self.words}</{tag}>'
