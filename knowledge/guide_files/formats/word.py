"""A guide's text document for Word (DOCX)."""

import io
from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from knowledge.guide_files.formats.content import document
from knowledge.guide_files.formats.imprint import Imprint, runs_right_to_left
from knowledge.guide_files.formats.packing import at_midnight, packed_anew
from knowledge.guide_files.formats.pieces import BOX, Grid, Kind, Paragraph, Piece, Run
from knowledge.guides.models import GuidePage

STYLES: dict[Kind, str] = {
    "title": "Title",
    "heading": "Heading 1",
    "subheading": "Heading 2",
    "text": "Normal",
    "small": "Normal",
    "bullet": "List Bullet",
    "number": "List Number",
    "tick": "Normal",
    "hint": "Normal",
}
DEEPEST = 2  # levels that the template has a style for below the first
INK = RGBColor(0x1D, 0x1D, 0x1B)
HANG = Mm(8)  # how far the words of a line to tick stand from its box
# A box that Word ticks when somebody clicks it; other programs show the sign.
TICK_BOX = f"""
<w:sdt {nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">
<w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>
<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>
<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>
<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"
 w:hint="eastAsia"/></w:rPr><w:t>{BOX}</w:t></w:r></w:sdtContent></w:sdt>
"""


def word(guide: GuidePage) -> bytes:
    """Return a guide's texts to fill in, or its lesson, as DOCX."""
    return written(*document(guide))


def written(imprint: Imprint, pieces: Iterable[Piece]) -> bytes:
    """Return pieces as DOCX, in the language and of the day of the imprint."""
    writer = _Writer(imprint)
    for piece in pieces:
        writer.put(piece)
    return packed_anew(writer.saved(), imprint.day)


class _Writer:
    """A new document, of the library's template without its colours and its picture."""

    def __init__(self, imprint: Imprint) -> None:
        self.imprint = imprint
        self.document = Document()
        self.numbering: dict[int, Any] = {}
        self._prepare()
        self._say_whose()

    def put(self, piece: Piece) -> None:
        if isinstance(piece, Grid):
            self._table(piece)
            return
        style = STYLES[piece.kind]
        if piece.level and piece.kind in ("bullet", "number"):
            style = f"{style} {min(piece.level, DEEPEST) + 1}"
        line = self.document.add_paragraph(style=style)
        self._direct(line)
        line.paragraph_format.page_break_before = piece.on_new_page or None
        if piece.kind in ("tick", "hint"):
            line.paragraph_format.left_indent = HANG
        if piece.kind == "number":
            self._number(line, piece)
        if piece.kind == "tick":
            line.paragraph_format.first_line_indent = -HANG
            line._p.append(parse_xml(TICK_BOX))
            line.add_run("\t")
        for run in piece.runs:
            self._run(line, run, size=Pt(9) if piece.kind in ("small", "hint") else None)

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _prepare(self) -> None:
        package = self.document.part.package
        for key, each in list(package.rels.items()):
            if each.reltype == RT.THUMBNAIL:
                del package.rels[key]
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        if self.imprint.is_right_to_left:
            section._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid")
        styles = self.document.styles
        for name in ("Title", "Heading 1", "Heading 2"):
            styles[name].font.color.rgb = INK
        language = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
        for name in ("w:val", "w:bidi"):
            language.set(qn(name), self.imprint.language)

    def _say_whose(self) -> None:
        told, midnight = self.document.core_properties, at_midnight(self.imprint.day)
        told.title, told.language = self.imprint.title, self.imprint.language
        told.author, told.last_modified_by = self.imprint.owner, ""
        told.comments, told.subject = "", self.imprint.address
        told.created = told.modified = midnight
        told.revision = 1

    def _direct(self, line: Line) -> None:
        if self.imprint.is_right_to_left:
            line._p.get_or_add_pPr().insert_element_before(
                OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
            )

    def _run(self, line: Line, run: Run, *, size: Any = None) -> None:
        words, *more = run.words.split("\n")
        made = line.add_run(words)
        for each in more:
            made.add_break(WD_BREAK.LINE)
            made.add_text(each)
        made.bold, made.italic = run.bold or None, run.italic or None
        made.font.superscript = run.raised or None
        made.font.size = size
        language = run.language or self.imprint.language
        if runs_right_to_left(language):
            # What Word asks for letters of such a script: a look of their own, and the direction.
            made.font.rtl = True
            made.font.cs_bold, made.font.cs_italic = made.bold, made.italic
        marks = OxmlElement("w:lang")
        marks.set(qn("w:bidi" if made.font.rtl else "w:val"), language)
        made._r.get_or_add_rPr().append(marks)
        if run.href:
            self._lead(line, made, run.href)

    def _lead(self, line: Line, made: Any, href: str) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.document.part.relate_to(href, RT.HYPERLINK, is_external=True))
        made.font.underline = True
        line._p.replace(made._r, link)
        link.append(made._r)

    def _number(self, line: Line, piece: Paragraph) -> None:
        """Number an item; where its list begins, from 1 again."""
        if piece.begins or piece.level not in self.numbering:
            numbering = self.document.part.numbering_part.element
            style = self.document.styles["List Number"].element
            usual = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
            kind = numbering.num_having_numId(int(usual)).abstractNumId.val
            new = numbering.add_num(kind)
            new.add_lvlOverride(0).add_startOverride(1)
            self.numbering[piece.level] = new.numId
        properties = line._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self.numbering[piece.level]

    def _table(self, grid: Grid) -> None:
        table = self.document.add_table(rows=0, cols=len(grid.rows[0]), style="Table Grid")
        if self.imprint.is_right_to_left:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        for number, row in enumerate(grid.rows):
            cells = table.add_row().cells
            for cell, run in zip(cells, row, strict=True):
                line = cell.paragraphs[0]
                self._direct(line)
                look = Run(run.words, bold=number == 0, language=run.language)
                self._run(line, look)
        heading = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(heading)
