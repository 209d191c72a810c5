"""The tables of a guide as a workbook (XLSX): a sheet each, and one on where they come from."""

import io
import re
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from knowledge.guide_files.formats.content import Table, tables
from knowledge.guide_files.formats.imprint import Imprint, beginning, imprint_of, sources_of
from knowledge.guide_files.formats.packing import at_midnight, packed_anew
from knowledge.guide_files.formats.pieces import Paragraph
from knowledge.guides.models import GuidePage
from portal.formulas import is_formula

FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
NAME_LENGTH = 31
CELL_LENGTH = 32_767
LINK_LENGTH = 2_000
WIDEST = 60  # characters
LINE, HIGHEST = 15, 409  # points
A4 = 9
# Words stay words, whatever they begin with.
AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(guide: GuidePage) -> bytes:
    """Return the tables of a guide as XLSX."""
    imprint, out = imprint_of(guide), io.BytesIO()
    writer = _Writer(xlsxwriter.Workbook(out, AS_TYPED), imprint)
    for table in tables(guide):
        writer.add(table)
    writer.tell(guide)
    writer.book.close()
    return packed_anew(out.getvalue(), imprint.day, imprint.language)


class _Writer:
    """A new workbook, whose sheets run in the direction of the guide's language."""

    def __init__(self, book: xlsxwriter.Workbook, imprint: Imprint) -> None:
        self.book, self.imprint = book, imprint
        book.set_properties(
            {
                "title": imprint.title,
                "subject": imprint.address,
                "author": imprint.owner,
                "created": at_midnight(imprint.day),
            }
        )
        self.looks: dict[tuple[bool, bool, bool], Any] = {}

    def add(self, table: Table) -> None:
        """Add a table: its caption, its headings, which stay in sight, and its rows."""
        sheet = self._sheet(table.caption)
        self._put(sheet, 0, 0, table.caption, bold=True, wraps=False)
        for column, heading in enumerate(table.head):
            self._put(sheet, 1, column, heading, bold=True)
        for row, cells in enumerate(table.rows, 2):
            for column, value in enumerate(cells):
                self._put(sheet, row, column, value, bold=table.heads_rows and column == 0)
        sheet.freeze_panes(2, 1 if table.heads_rows else 0)
        columns = zip(table.head, *table.rows, strict=True)
        widths = [min(WIDEST, max(map(_width, cells)) + 2) for cells in columns]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for row, cells in enumerate([table.head, *table.rows], 1):
            lines = max(map(_lines, cells, widths), default=1)
            sheet.set_row(row, min(HIGHEST, LINE * lines))

    def tell(self, guide: GuidePage) -> None:
        """Add a sheet on which guide these tables are of, and what it rests on."""
        told = [*beginning(guide, self.imprint), *sources_of(guide, self.imprint)]
        sheet = self._sheet(told[0].words)
        sheet.set_column(0, 0, 1.5 * WIDEST)
        number = 0
        for row, paragraph in enumerate(told):
            number = number + 1 if paragraph.kind == "number" else 0
            self._tell(sheet, row, paragraph, f"{number}. " if number else "")

    def _tell(self, sheet: Worksheet, row: int, paragraph: Paragraph, before: str) -> None:
        words = before + paragraph.words.replace("\n", " ")
        is_heading = paragraph.kind in ("title", "heading", "subheading")
        self._put(sheet, row, 0, words, bold=is_heading)
        for run in paragraph.runs:
            if run.href and len(run.href) < LINK_LENGTH:
                look = self._look(bold=False, is_quoted=False)
                sheet.write_url(row, 0, run.href, look, words[:CELL_LENGTH])

    def _sheet(self, name: str) -> Worksheet:
        """Return a new sheet; no two names of a book begin with the same number."""
        number = len(self.book.worksheets()) + 1
        name = " ".join(FORBIDDEN_IN_NAMES.sub(" ", f"{number}. {name}").split())
        cut = name.encode("utf-16-le")[: 2 * NAME_LENGTH].decode("utf-16-le", "ignore")
        sheet = self.book.add_worksheet(cut.rstrip(" '"))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        if self.imprint.is_right_to_left:
            sheet.right_to_left()
        return sheet

    def _put(
        self, sheet: Worksheet, row: int, column: int, value: Any, *, bold: bool, wraps: bool = True
    ) -> None:
        if value is None or value == "":
            return
        if isinstance(value, Decimal | int | float):
            sheet.write_number(row, column, value, self._look(bold=bold, is_quoted=False))
            return
        words = str(value)[:CELL_LENGTH]
        look = self._look(bold=bold, is_quoted=is_formula(words), wraps=wraps)
        sheet.write_string(row, column, words, look)

    def _look(self, *, bold: bool, is_quoted: bool, wraps: bool = True) -> Any:
        """Return a format; of what is quoted no spreadsheet makes a formula, edited or not."""
        key = (bold, is_quoted, wraps)
        if key not in self.looks:
            told = {"bold": bold, "quote_prefix": is_quoted, "text_wrap": wraps, "valign": "top"}
            if self.imprint.is_right_to_left:
                told["reading_order"] = 2
            self.looks[key] = self.book.add_format(told)
        return self.looks[key]


def _width(value: Any) -> int:
    return max(map(len, _shown(value).split("\n")))


def _lines(value: Any, width: int) -> int:
    return sum(len(line) // width + 1 for line in _shown(value).split("\n"))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
