"""Workbooks: the values that their cells show, in a workbook of our own."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from portal.files.limits import Limits
from portal.files.rebuilding.result import Rebuilt, Refused
from portal.files.rebuilding.spreadsheets import rebuild_workbook
from tests.portal.files import canaries_tables, samples
from tests.portal.files.inert import require_inert


def rebuilt(data: bytes, **limits: int) -> Rebuilt:
    made = rebuild_workbook(data, Limits(**limits))
    require_inert(made)
    return made


def book(*rows: list[Any]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def opened(made: Rebuilt) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made.data))


def first(made: Rebuilt) -> Worksheet:
    return opened(made).active


def ods(*rows: str, columns: str = "") -> bytes:
    """A spreadsheet of these rows, each of cells as OpenDocument writes them."""
    files = samples.unpacked(canaries_tables.ods())
    content = files["content.xml"].decode()
    start = content.index("<office:automatic-styles>")
    sheet = f'<table:table table:name="One">{columns}{"".join(rows)}</table:table>'
    files["content.xml"] = (
        f"{content[:start]}<office:body><office:spreadsheet>{sheet}</office:spreadsheet>"
        "</office:body></office:document-content>"
    ).encode()
    return samples.packed(files, stored=("mimetype",))


def row(*cells: str, about: str = "") -> str:
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def words(text: str, about: str = "") -> str:
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="string" {about}>{inside}</table:table-cell>'


def test_values_keep_their_places_and_kinds():
    day, moment = datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1, 12, 30)  # noqa: DTZ001
    rows = [
        ["Genève", 12, 0.25, True],
        [day, moment, datetime.time(3, 4), datetime.timedelta(hours=30)],
        [],
        [None, "after a gap", "two\nlines", 1e20],
    ]
    sheet = first(rebuilt(saved(book(*rows))))
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert sheet["A2"].value.date() == day
    assert sheet["B2"].value == moment
    assert sheet["C2"].value == datetime.time(3, 4)
    assert sheet["D2"].value == datetime.timedelta(hours=30)
    assert sheet["B4"].value == "after a gap"
    assert sheet["C4"].value == "two\nlines"


def test_what_looks_like_a_formula_or_an_address_stays_text():
    cells = ["=1+1", "http://host.example/", "@SUM(1)", "mailto:a@b.example", "12"]
    made_book = book(cells)
    for cell in made_book.active[1]:
        cell.data_type = "s"
    made = rebuilt(saved(made_book))
    assert [cell.value for cell in first(made)[1]] == cells
    assert {cell.data_type for cell in first(made)[1]} == {"s"}
    assert not first(made)["B1"].hyperlink


def test_hidden_sheets_rows_and_columns_are_left_out():
    made_book = book(["a", "HIDDEN", "c"], ["HIDDEN", "HIDDEN", "HIDDEN"], ["d", "HIDDEN", "e"])
    made_book.active.row_dimensions[2].hidden = True
    made_book.active.column_dimensions["B"].hidden = True
    made_book.create_sheet("Secret").append(["HIDDEN"])
    made_book["Secret"].sheet_state = "veryHidden"
    made = rebuilt(saved(made_book))
    assert made.text == "Sheet\na\tc\nd\te"
    assert opened(made).sheetnames == ["Sheet"]
    assert "hidden-cells" in made.notes


def test_where_nothing_is_hidden_nothing_is_said_of_it():
    assert rebuilt(saved(book(["a"]))).notes == ("values-alone",)


def test_names_of_sheets_stay_as_far_as_excel_allows():
    made = rebuilt(saved(_named("Café", "a" * 31, "A" * 31)))
    assert opened(made).sheetnames == ["Café", "a" * 31, "A" * 29 + "-2"]


def _named(*names: str) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name in names:
        made.create_sheet(name)
        made.worksheets[-1].title = name
    return made


def test_every_sheet_is_a_page_of_text():
    made_book = book(["one"])
    made_book.create_sheet("Two").append(["two"])
    assert rebuilt(saved(made_book)).text == "Sheet\none\fTwo\ntwo"


def test_opendocument_cells_are_read_as_they_are_shown():
    number = (
        '<table:table-cell office:value-type="{}" office:value="{}"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    date = (
        '<table:table-cell office:value-type="date" office:date-value="2026-03-01"><text:p/>'
        "</table:table-cell>"
    )
    length = (
        '<table:table-cell office:value-type="time" office:time-value="PT30H05M00S"><text:p/>'
        "</table:table-cell>"
    )
    made = rebuilt(
        ods(
            row(words("a"), words("", 'table:number-columns-repeated="2"'), words("b")),
            row(words(""), about='table:number-rows-repeated="3"'),
            row(number.format("float", "12.5"), number.format("percentage", "0.25"), date, length),
            row(words("twice"), about='table:number-rows-repeated="2"'),
            row(words("one<text:s text:c='2'/>two<text:tab/>x<text:span>y</text:span>")),
            row(words(""), about='table:number-rows-repeated="1048000"'),
        )
    )
    assert made.text == (
        "One\na\t\t\tb\n\n\n\n12.5\t0.25\t2026-03-01\t30:05:00\ntwice\ntwice\none  two\txy"
    )


def test_opendocument_hides_rows_and_columns_too():
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/><table:table-column/>'
    )
    made = rebuilt(
        ods(
            row(words("a"), words("b"), words("HIDDEN"), words("c")),
            row(words("HIDDEN"), about='table:visibility="filter"'),
            row(words("d", 'table:number-columns-repeated="4"')),
            columns=columns,
        )
    )
    assert made.text == "One\na\tb\tc\nd\td\td"
    assert "hidden-cells" in made.notes


@pytest.mark.parametrize("maker", [saved, lambda made: ods(*[row(words("x"))] * 9)])
def test_too_many_cells_are_refused(maker):
    with pytest.raises(Refused) as caught:
        rebuilt(maker(book(*[["x"]] * 9)), cells=8)
    assert caught.value.code == "cells"


def test_a_cell_longer_than_excel_takes_is_cut_and_that_is_said():
    made = rebuilt(ods(row(words("x" * 33_000))))
    assert len(first(made)["A1"].value) == 32_767
    assert "long-cells" in made.notes


def test_what_unpacks_to_too_much_is_refused():
    with pytest.raises(Refused) as caught:
        rebuilt(saved(book(["x"])), archive_bytes=100)
    assert caught.value.code == "bomb"


def test_what_is_written_is_held_in_memory(monkeypatch):
    """The process may write no file."""
    monkeypatch.setattr("tempfile.mkstemp", lambda *args, **keys: pytest.fail("writes a file"))
    rebuilt(saved(book(*[["x", 1]] * 2_000)))
