"""Workbooks (XLSX, ODS): the values that their cells show, in a workbook of our own."""

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from portal.files.limits import Limits
from portal.files.rebuilding.ods_cells import OdsReader
from portal.files.rebuilding.package import Archive
from portal.files.rebuilding.result import Rebuilt, Refused
from portal.files.rebuilding.text import visible
from portal.files.rebuilding.xlsx_cells import XlsxReader

FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
NAME_LENGTH = 31
CELL_LENGTH = 32_767
WIDEST = 60  # characters
FORMATS = {
    datetime.datetime: "yyyy-mm-dd hh:mm:ss",
    datetime.date: "yyyy-mm-dd",
    datetime.time: "hh:mm:ss",
    datetime.timedelta: "[h]:mm:ss",
}
# The day of every workbook that we make.
DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def rebuild_workbook(data: bytes, limits: Limits) -> Rebuilt:
    """
    Return an Excel workbook of the values alone; text cells stay text, whatever they begin with.

    Hidden sheets, rows and columns are left out. Raises Refused.
    """
    writer = Writer(limits)
    archive = Archive(data, limits)
    is_ods = "mimetype" in archive.entries
    reader = OdsReader(archive) if is_ods else XlsxReader(data, archive)
    for name, rows in reader.sheets():
        writer.add(name, rows)
    notes = {"values-alone"}
    if reader.some_hidden:
        notes.add("hidden-cells")
    if writer.was_cut:
        notes.add("long-cells")
    text = "\f".join(writer.texts)[: limits.text_characters]
    return Rebuilt("xlsx", writer.close(), text, tuple(sorted(notes)))


class Writer:
    """A new workbook, held in memory: the process may write no file."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.out, {"in_memory": True, "nan_inf_to_errors": True, "remove_timezone": True}
        )
        self.book.set_properties({"created": DAY})
        self.formats = {
            kind: self.book.add_format({"num_format": code}) for kind, code in FORMATS.items()
        }
        self.names: set[str] = set()
        self.count = 0
        self.was_cut = False
        self.texts: list[str] = []

    def add(self, name: str, rows: Iterator[list[Any]]) -> None:
        """Add a sheet. Raises Refused where the book has more than `limits.cells` cells."""
        sheet = self.book.add_worksheet(self._free(name))
        widths: dict[int, int] = {}
        lines = [name]
        for number, row in enumerate(rows):
            words = [self._put(sheet, number, place, value) for place, value in enumerate(row)]
            for place, word in enumerate(words):
                widths[place] = max(widths.get(place, 0), len(word))
            lines.append("\t".join(words).rstrip("\t"))
        for place, width in widths.items():
            sheet.set_column(place, place, min(WIDEST, width + 2))
        self.texts.append("\n".join(lines).rstrip("\n"))

    def close(self) -> bytes:
        self.book.close()
        return self.out.getvalue()

    def _put(self, sheet: Worksheet, row: int, column: int, value: Any) -> str:
        """Write one cell; returns what it says."""
        if value == "" or value is None:
            return ""
        self.count += 1
        if self.count > self.limits.cells:
            raise Refused("cells", thousands=self.limits.cells // 1000)
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
            return f"{value:.15g}"
        elif (style := self.formats.get(type(value))) and getattr(value, "year", 1900) >= 1900:
            sheet.write_datetime(row, column, value, style)
            if isinstance(value, datetime.timedelta):
                minutes, seconds = divmod(round(value.total_seconds()), 60)
                return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        else:
            value = visible(str(value))
            self.was_cut = self.was_cut or len(value) > CELL_LENGTH
            sheet.write_string(row, column, value[:CELL_LENGTH])
        return str(value)

    def _free(self, name: str) -> str:
        """Return a sheet's name as Excel allows it, used once."""
        plain = FORBIDDEN_IN_NAMES.sub("-", visible(name)).strip("'")[:NAME_LENGTH] or "-"
        number, free = 1, plain
        while free.lower() in self.names:
            number += 1
            free = f"{plain[: NAME_LENGTH - len(str(number)) - 1]}-{number}"
        self.names.add(free.lower())
        return free
