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
from consultations.questionnaires.paper import OFF, ticked_lines, typed_lines

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


class Busy(Exception):  # noqa: N818 - nobody's mistake
    """Another PDF is being read at this moment."""


class PdfNotRead(Exception):  # noqa: N818 - said of a file, not of the program
    """The PDF cannot be read within the bounds."""


class PdfLocked(Exception):  # noqa: N818 - said of a file, not of the program
    """The PDF opens with a password only."""


def fields_of(data: bytes) -> dict[str, str]:
    """
    Return the fields of a PDF that hold something, by name. Raises PdfNotRead, PdfLocked, Busy.

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
    if found is None:
        raise PdfLocked
    if not isinstance(found, dict):
        raise PdfNotRead
    return {str(name): str(value) for name, value in found.items()}


def text_of_fields(fields: Mapping[str, str], page: ConsultationPage) -> str:
    """Write the form as plain text, to be read as one; "" where no field of ours holds anything."""
    asked = _Asked(fields)
    regions = dict(_regions(asked, page))
    if not any(regions.values()):
        return ""
    lines = [asked.get(FIRST_LINE, ""), ""]
    for name, region in regions.items():
        if region:
            lines += [f"[[{name}]]", *map(_unmarked, region), f"[[/{name}]]", ""]
    # What was written elsewhere stands outside all places, where the reader of the text finds it.
    lines += [
        _unmarked(line)
        for name in asked.never_asked()
        for line in typed_lines(fields, name)
        if fields[name] not in OFF
    ]
    return "\n".join(lines)


class _Asked(Mapping[str, str]):
    """The fields, with which of them were looked at."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def never_asked(self) -> list[str]:
        return [name for name in self.fields if name not in self.names]


def _regions(fields: Mapping[str, str], page: ConsultationPage) -> Iterator[tuple[str, list[str]]]:
    for detail in detail_questions(anonymous=True):
        marked = ticked_lines(fields, detail.key, detail.options)
        yield detail.key, marked if detail.options else typed_lines(fields, detail.key)
    for question in page.questionnaire().questions:
        yield question.number, question.read_pdf(fields, f"q{question.number}")
    for name in (OFFICIALS, JUSTIFICATION, *ONLY_HERE):
        yield name, typed_lines(fields, name)


def _unmarked(line: str) -> str:
    """Make a line that cannot be taken for one of the form's own marks."""
    return line.replace("[[", "[ [")
