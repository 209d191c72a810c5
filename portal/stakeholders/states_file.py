"""
Reading the states data: a CSV file with one state a row, checked in full before anything is kept.

`code_status` is "subscribing" or empty; an endorsement names its source. A date is a day
("2023-03-30") or a month ("2023-04"); a month is stored as its first day, and `date_precision`,
which must then begin with "month", says so wherever the date is shown.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.stakeholders.models import State

# Column of the file → field of `State`; every column must be there, others are refused.
COLUMNS = {
    "iso2": "iso2",
    "iso3": "iso3",
    "region": "region",
    "summit_2021": "summit_2021",
    "summit_2023": "summit_2023",
    "summit_2024": "summit_2024",
    "code_status": "code_status",
    "endorsement_date": "endorsed_on",
    "date_precision": "date_precision",
    "endorsement_source": "endorsement_source",
    "endorsement_url": "endorsement_url",
    "initiative_role_2021": "initiative_role",
    "note": "note",
}
COLUMN_OF = {field: column for column, field in COLUMNS.items()}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the file, where it stands in it."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        told = {"line": self.line, "column": self.column, "fault": self.message}
        if self.column:
            # Translators: fault is a sentence on what is wrong there.
            return _("line %(line)d, column %(column)s: %(fault)s") % told
        return _("line %(line)d: %(fault)s") % told


class StatesFileError(Exception):
    """The file cannot be loaded; `faults` lists all that is wrong with it, in reading order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class _ValueFaultError(ValueError):
    """A value that its column does not take."""


def read_states(path: Path) -> list[tuple[int, State]]:
    """
    Read the states of a UTF-8 CSV file at `path`, unsaved, in order, each with its row's line.

    Raises StatesFileError with every fault of the file, and OSError where it cannot be opened.
    """
    text = _decode(path.read_bytes())
    states: list[tuple[int, State]] = []
    faults: list[Fault] = []
    first_line: dict[tuple[str, str], int] = {}
    for line, row in _rows(text):
        state, row_faults = _read_row(line, row)
        for column in ("iso2", "iso3"):
            code = row[column]
            earlier = first_line.setdefault((column, code), line)
            if code and earlier != line:
                message = _("%(code)s is on line %(earlier)d already.")
                row_faults.append(Fault(line, column, message % {"code": code, "earlier": earlier}))
        states.append((line, state))
        faults += row_faults
    if faults:
        raise StatesFileError(faults)
    if not states:
        raise StatesFileError([Fault(1, "", _("The file holds no states."))])
    return states


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise StatesFileError([Fault(line, "", _("This is not UTF-8 text."))]) from error


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row as line number and cells by column, stripped; raise on another shape."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                _check_header(header)
                continue
            if len(cells) != len(header):
                message = _("The row has %(found)d cells, the heading %(wanted)d.")
                raise StatesFileError(
                    [
                        Fault(
                            reader.line_num,
                            "",
                            message % {"found": len(cells), "wanted": len(header)},
                        )
                    ]
                )
            yield reader.line_num, dict(zip(header, (c.strip() for c in cells), strict=True))
    except csv.Error as error:
        message = _("This is not well-formed CSV (%(error)s).") % {"error": error}
        raise StatesFileError([Fault(reader.line_num, "", message)]) from error


def _check_header(header: list[str]) -> None:
    missing = [column for column in COLUMNS if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    faults = [Fault(1, column, _("The column is missing.")) for column in missing]
    faults += [Fault(1, column, _("There is no such column.")) for column in unknown]
    if not faults and len(set(header)) < len(header):
        faults.append(Fault(1, "", _("The heading has a column twice.")))
    if faults:
        raise StatesFileError(faults)


def _read_row(line: int, row: dict[str, str]) -> tuple[State, list[Fault]]:
    state = State()
    faults: list[Fault] = []
    for column, field in COLUMNS.items():
        try:
            setattr(state, field, _PARSERS.get(column, str)(row[column]))
        except _ValueFaultError as fault:
            faults.append(Fault(line, column, str(fault)))
    faulty = {fault.column for fault in faults}
    try:
        state.clean_fields(exclude={"id", *(COLUMNS[column] for column in faulty)})
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            faults += [Fault(line, COLUMN_OF[field], message) for message in messages]
    month_only = re.fullmatch(r"\d{4}-\d{2}", row["endorsement_date"])
    if month_only and not row["date_precision"].startswith("month"):
        message = _("Must begin with “month”, since the date gives no day.")
        faults.append(Fault(line, "date_precision", message))
    if state.is_subscribing and not state.endorsement_source:
        faults.append(Fault(line, "endorsement_source", _("An endorsement needs its source.")))
    return state, faults


def _parse_iso2(value: str) -> str:
    if not re.fullmatch("[A-Z]{2}", value):
        raise _ValueFaultError(_("“%(value)s” is not two capital letters.") % {"value": value})
    return value


def _parse_iso3(value: str) -> str:
    if not re.fullmatch("[A-Z]{3}", value):
        raise _ValueFaultError(_("“%(value)s” is not three capital letters.") % {"value": value})
    return value


def _parse_date(value: str) -> date | None:
    if not value:
        return None
    day = f"{value}-01" if re.fullmatch(r"\d{4}-\d{2}", value) else value
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
            raise ValueError
        return date.fromisoformat(day)
    except ValueError:
        message = _("“%(value)s” is not a date such as 2023-03-30 or 2023-04.")
        raise _ValueFaultError(message % {"value": value}) from None


_PARSERS = {
    "iso2": _parse_iso2,
    "iso3": _parse_iso3,
    "endorsement_date": _parse_date,
}
