"""
What the cells of an OpenDocument spreadsheet show, without what is hidden.

Read here and not by python-calamine, which tells neither hidden rows nor boxes of text from cells,
and fails where a program put line ends between cells.
"""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from portal.files.rebuilding.package import Archive
from portal.files.rebuilding.result import Refused
from portal.files.rebuilding.xml import attributes, local, steps, whole

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LENGTH = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
NUMBERS = ("float", "currency", "percentage")
WIDEST = 16_384  # columns of a sheet
LONGEST = 1_048_576  # rows


class OdsReader:
    """Reads sheets; whether there was `some_hidden` is known when all are read."""

    def __init__(self, archive: Archive) -> None:
        self.some_hidden = False
        content = archive.read("content.xml")
        if not content:
            raise Refused("damaged")
        self.passing = steps(
            content,
            *("style", "table-properties", "table", "table-column", "table-row"),
        )

    def sheets(self) -> Iterator[tuple[str, Iterator[list[Any]]]]:
        """Name and rows of each sheet that can be seen, to be read in turn. Raises Refused."""
        style, hidden_styles = "", set()
        for is_whole, element in self.passing:
            about = attributes(element)
            match local(element.tag), is_whole:
                case "style", False:
                    style = about.get("name", "")
                case "table-properties", True if about.get("display") == "false":
                    hidden_styles.add(style)
                case "table", False if about.get("style-name") in hidden_styles:
                    self.some_hidden = True
                    for _ in self.rows():
                        pass
                case "table", False:
                    yield about.get("name", ""), self.rows()

    def rows(self) -> Iterator[list[Any]]:
        """Yield the rows of the sheet that has just begun."""
        columns: set[int] = set()
        column = empty = 0
        for is_whole, element in self.passing:
            if not is_whole:
                continue
            about = attributes(element)
            is_hidden = about.get("visibility", "visible") != "visible"
            self.some_hidden = self.some_hidden or is_hidden
            match local(element.tag):
                case "table":
                    return
                case "table-column":
                    count = min(whole(about.get("number-columns-repeated")), WIDEST)
                    if is_hidden:
                        columns.update(range(column, column + count))
                    column += count
                case "table-row" if not is_hidden:
                    count = min(whole(about.get("number-rows-repeated")), LONGEST)
                    row = cells(element, columns)
                    if not row:
                        empty += count
                        continue
                    yield from ([] for _ in range(min(empty, LONGEST)))
                    yield from (row for _ in range(count))
                    empty = 0


def cells(row: Any, hidden: set[int]) -> list[Any]:
    """Return what the cells of a row show, to the last that shows something."""
    shown: list[Any] = []
    place = 0
    empty = 0
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        about = attributes(cell)
        count = min(whole(about.get("number-columns-repeated")), WIDEST)
        seen = sum(number not in hidden for number in range(place, place + count))
        place += count
        content = value(cell, about) if local(cell.tag) == "table-cell" else ""
        if content == "":
            empty += seen
        elif seen:
            shown += [""] * empty + [content] * seen
            empty = 0
    return shown


def value(cell: Any, about: dict[str, str]) -> Any:
    """Read one cell: a number, a date, a time, a length of time, yes or no, or words."""
    shown = "\n".join("".join(words(each)) for each in cell if each.tag == f"{TEXT}p")
    kind = about.get("value-type")
    try:
        if kind in NUMBERS:
            return float(about["value"])
        if kind == "boolean":
            return about["boolean-value"] == "true"
        if kind == "date":
            date = about["date-value"]
            return (datetime.datetime if "T" in date else datetime.date).fromisoformat(date)
        if kind == "time" and (match := LENGTH.fullmatch(about["time-value"])):
            hours, minutes, seconds = (int(each or 0) for each in match.groups())
            return datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except (KeyError, ValueError):
        pass  # what is shown is what there is
    return shown


def words(element: Any) -> Iterator[str]:
    """Yield the words of a paragraph, without remarks and drawings that hang on it."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(TEXT):
            match local(child.tag):
                case "s":
                    yield " " * min(whole(attributes(child).get("c")), WIDEST)
                case "tab":
                    yield "\t"
                case "line-break":
                    yield "\n"
                case _:
                    yield from words(child)
        yield child.tail or ""
