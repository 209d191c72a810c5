"""
What tells of people, places, machines and times does not come along; what is seen does.

A canary sits in each place that a format has. Each is found in the file that comes in, so that its
absence from what is made means something.
"""

import re

import pytest

from portal.files.limits import Limits
from portal.files.rebuilding.dispatch import rebuild
from portal.files.rebuilding.result import Rebuilt
from tests.portal.files import canaries_pdf, canaries_pictures, canaries_tables, samples
from tests.portal.files.inert import require_inert
from tests.portal.files.samples import everything_in, tells

CANARIES = re.compile(rb"CANARY[-\w.]*")
TABLES = {"xlsx": canaries_tables.xlsx, "ods": canaries_tables.ods}


def rebuilt(data: bytes, *, keep_colour: bool = False, extension: str = "") -> Rebuilt:
    return rebuild(data, extension=extension, keep_colour=keep_colour, limits=Limits())


@pytest.fixture(scope="module")
def planted() -> tuple[bytes, list[str]]:
    return canaries_pdf.pdf()


def test_a_pdf_is_told_by_every_place(planted):
    data, canaries = planted
    whole = b"\0".join(everything_in(data))
    missing = [
        each
        for each in canaries
        if each.encode() not in whole and each.encode("utf-16-be") not in whole
    ]
    assert missing == []
    assert len(canaries) > 1_000


@pytest.mark.parametrize("keep_colour", [True, False])
def test_a_pdf_keeps_what_is_seen_and_nothing_else(planted, keep_colour):
    made = rebuilt(planted[0], keep_colour=keep_colour)
    assert made.text.split() == ["KEEP", "text", "KEEP-value"]
    assert not tells(made.data)
    assert tells(made.data, "KEEP text")
    require_inert(made)
    assert {"hidden-words", "attachments-left"} <= set(made.notes)


@pytest.mark.parametrize("kind", TABLES)
def test_a_workbook_keeps_what_is_seen_and_nothing_else(kind):
    before = TABLES[kind]()
    assert len({*CANARIES.findall(b"\0".join(everything_in(before)))}) >= 40
    made = rebuilt(before)
    assert made.text == "KEEP-sheet\nKEEP-cell\t2\tKEEP-date"
    assert not tells(made.data)
    require_inert(made)
    assert "hidden-cells" in made.notes


@pytest.mark.parametrize("kind", canaries_pictures.MAKERS)
@pytest.mark.parametrize("keep_colour", [True, False])
def test_a_picture_keeps_its_pixels_and_nothing_else(kind, keep_colour):
    before = canaries_pictures.MAKERS[kind]()
    assert tells(before)
    made = rebuilt(before, keep_colour=keep_colour)
    assert not tells(made.data)
    require_inert(made)


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("a.pdf", lambda: canaries_pdf.pdf()[0]),
        ("a.xlsx", canaries_tables.xlsx),
        ("a.ods", canaries_tables.ods),
        ("a.jpg", canaries_pictures.jpeg),
        ("a.heic", canaries_pictures.heic),
        ("a.csv", lambda: b"a;b\n1;2\n"),
    ],
)
def test_what_is_made_twice_is_the_same_to_the_byte(name, maker, time_machine):
    """No time, no number that chance gave, no machine is in it."""
    data = maker()
    extension = name.partition(".")[2]
    time_machine.move_to("2026-11-24T13:14:15Z")
    once = rebuilt(data, extension=extension)
    time_machine.move_to("2027-03-01T03:04:05Z")
    assert rebuilt(data, extension=extension) == once
    assert b"2026" not in once.data
    assert b"2027" not in once.data


def test_canaries_are_looked_for_in_everything():
    assert len(list(everything_in(samples.docx()))) > 10
