"""The PDF form as it comes back: its fields, read in a process apart, written as the text form."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import consultations
from consultations.calls.models import ConsultationPage
from consultations.calls.offline.identity_questions import detail_questions
from consultations.calls.offline.text_form import JUSTIFICATION, OFFICIALS
from consultations.questionnaires.printable import Lettered, SheetQuestion, sheet_of
from consultations.questionnaires.schema import Kind

ROOT = Path(consultations.__file__).resolve().parents[1]
NEEDED = ("SYSTEMROOT",)  # Windows starts nothing without it
SECONDS = 10
# -I: nothing of the caller's environment reaches the process. It finds the portal by its argument.
START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from consultations.responses.offline.child import main; main()"
)
# One thread of a server at most waits for what somebody else has made.
_turn = threading.BoundedSemaphore(1)

FIRST_LINE = "form"  # the field that holds docket and digest
ONLY_HERE = ("public-version", "legal-basis")
OFF = ("", "Off", "/Off")


class Busy(Exception):  # noqa: N818 - nobody's mistake
    """Another PDF is being read at this moment."""


class PdfNotRead(Exception):  # noqa: N818 - said of a file, not of the program
    """The PDF cannot be read within the bounds."""


def fields_of(data: bytes) -> dict[str, str]:
    """
    The fields of a PDF that hold something, by name. Raises PdfNotRead, Busy.

    Whatever is wrong with the PDF happens to another process, with a ceiling of time and memory.
    """
    if not _turn.acquire(blocking=False):
        raise Busy
    try:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and code
                [sys.executable, "-I", "-c", START, str(ROOT)],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # readers quote what they stumble over
                timeout=SECONDS,
                env={name: os.environ[name] for name in NEEDED if name in os.environ},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise PdfNotRead from None
    finally:
        _turn.release()
    try:
        found = json.loads(done.stdout)
    except ValueError:  # it was ended from outside, or ran out of memory
        raise PdfNotRead from None
    if not isinstance(found, dict):
        raise PdfNotRead
    return {str(name): str(value) for name, value in found.items()}


def text_of_fields(fields: Mapping[str, str], page: ConsultationPage) -> str:
    """The same form as plain text, to be read as one; "" where no field of ours holds anything."""
    regions = dict(_regions(fields, page))
    if not any(regions.values()):
        return ""
    lines = [fields.get(FIRST_LINE, ""), ""]
    for name, region in regions.items():
        if region:
            lines += [f"[[{name}]]", *map(_unmarked, region), f"[[/{name}]]", ""]
    return "\n".join(lines)


def _regions(fields: Mapping[str, str], page: ConsultationPage) -> Iterator[tuple[str, list[str]]]:
    for detail in detail_questions(anonymous=True):
        marked = _options(fields, detail.key, detail.options)
        yield detail.key, marked if detail.options else _typed(fields, detail.key)
    for part in sheet_of(page.questionnaire()):
        for entry in part.questions:
            yield entry.question.number, _answer(fields, entry)
    for name in (OFFICIALS, JUSTIFICATION, *ONLY_HERE):
        yield name, _typed(fields, name)


def _answer(fields: Mapping[str, str], entry: SheetQuestion) -> list[str]:
    """The lines of one question; names of fields are those of calls/sheet.html."""
    question, name = entry.question, f"q{entry.question.number}"
    if question.kind == Kind.MATRIX:
        return [
            f"[x] {place}{option.letter}."
            for place, row in enumerate(question.rows, 1)
            for column, option in enumerate(entry.options, 1)
            if _is_on(fields.get(f"{name}-{column}-{row.key}", ""))
        ]
    if entry.steps:
        return [f"[x] {step}" for step in entry.steps if _is_on(fields.get(f"{name}-{step}", ""))]
    if entry.options:
        return _options(fields, name, entry.options, ranked=question.kind == Kind.RANKING)
    return _typed(fields, name)


def _options(
    fields: Mapping[str, str], name: str, options: tuple[Lettered, ...], *, ranked: bool = False
) -> list[str]:
    lines = []
    for option in options:
        value = " ".join(fields.get(f"{name}-{option.letter}", "").split())
        said = fields.get(f"{name}-other", "") if option.is_other else ""
        if ranked and value:
            lines.append(f"[{value}] {option.letter}.")
        elif not ranked and (_is_on(value) or said.strip()):
            lines.append(f"[x] {option.letter}. {option.label}: {' '.join(said.split())}")
    return lines


def _typed(fields: Mapping[str, str], name: str) -> list[str]:
    value = fields.get(name, "")
    return value.replace("\r\n", "\n").replace("\r", "\n").split("\n") if value.strip() else []


def _is_on(value: str) -> bool:
    return value not in OFF


def _unmarked(line: str) -> str:
    """A line that cannot be taken for one of the form's own marks."""
    return line.replace("[[", "[ [")
