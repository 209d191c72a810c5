"""What the cells of an Excel workbook show, without what is hidden."""

import posixpath
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from portal.files.rebuilding.package import Archive
from portal.files.rebuilding.result import Refused
from portal.files.rebuilding.xml import attributes, meet, steps, whole

WIDEST = 16_384  # columns of a sheet


class XlsxReader:
    """Reads sheets; whether there was `some_hidden` is known when all are read."""

    def __init__(self, data: bytes, archive: Archive) -> None:
        self.data, self.archive = data, archive
        self.some_hidden = False

    def sheets(self) -> Iterator[tuple[str, Iterator[list[Any]]]]:
        """Name and rows of each sheet that can be seen, to be read in turn. Raises Refused."""
        places = self.places()
        try:
            book = CalamineWorkbook.from_filelike(BytesIO(self.data))
            for each in book.sheets_metadata:
                if each.visible != SheetVisibleEnum.Visible:
                    self.some_hidden = True
                    continue
                rows, columns = hidden_in(self.archive.read(places.get(each.name, "")))
                self.some_hidden = self.some_hidden or bool(rows or columns)
                yield each.name, seen(book.get_sheet_by_name(each.name), rows, columns)
        except CalamineError:
            raise Refused("damaged") from None

    def places(self) -> dict[str, str]:
        """Return where in the archive each sheet is, by its name."""
        targets = {}
        for is_whole, relation in steps(
            self.archive.read("xl/_rels/workbook.xml.rels"), "Relationship"
        ):
            if is_whole:
                target = posixpath.join("xl", relation.get("Target", ""))
                targets[relation.get("Id")] = posixpath.normpath(target).lstrip("/")
        places = {}
        for is_whole, sheet in steps(self.archive.read("xl/workbook.xml"), "sheet"):
            if is_whole:
                about = attributes(sheet)
                places[about.get("name", "")] = targets.get(about.get("id"), "")
        return places


def hidden_in(xml: bytes) -> tuple[set[int], set[int]]:
    """Numbers, from 0, of a sheet's hidden rows and columns: the reader of cells does not tell."""
    rows: set[int] = set()
    columns: set[int] = set()
    row = 0

    def met(name: str, about: dict[str, str]) -> None:
        nonlocal row
        if name not in ("row", "col"):
            return
        size = about.get("ht" if name == "row" else "width", "9")
        is_hidden = about.get("hidden") in ("1", "true") or not size.strip("0.")
        if name == "row":
            row = whole(about.get("r"), row + 1)
            rows.update([row - 1] if is_hidden else [])
        elif is_hidden:
            first, last = whole(about.get("min")), whole(about.get("max"))
            columns.update(range(first - 1, min(last, WIDEST)))

    if xml:
        meet(xml, met)
    return rows, columns


def seen(sheet: CalamineSheet, rows: set[int], columns: set[int]) -> Iterator[list[Any]]:
    left = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows()):
        if number not in rows:
            cells = [""] * left + row
            yield [value for place, value in enumerate(cells) if place not in columns]
