"""
Files of the programs that people use: none is refused, no word that is seen is lost.

They were made once (`samples/make.py`). Some were made by hand, after files that were refused once.
"""

import unicodedata
from pathlib import Path

import pytest

from portal.files.limits import Limits
from portal.files.rebuilding.dispatch import rebuild
from portal.files.rebuilding.result import Rebuilt
from tests.portal.files.inert import require_inert
from tests.portal.files.samples import tells

SAMPLES = Path(__file__).with_name("samples")
ALL = sorted(
    p.name
    for p in SAMPLES.iterdir()
    if p.suffix != ".py" and "libreoffice-writer.o" not in p.name and p.suffix != ".docx"
)
TABLE = ["State", "Asked", "Refused", "Exampleland", "12", "3", "Ruritania", "7", "0.25"]


def made_of(name: str) -> Rebuilt:
    data = (SAMPLES / name).read_bytes()
    extension = name.rpartition(".")[2]
    return rebuild(data, extension=extension, keep_colour=False, limits=Limits())


def words(name: str) -> list[str]:
    return plain((SAMPLES / name).read_text(encoding="utf-8")).split()


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'")


@pytest.mark.parametrize("name", ALL)
def test_none_is_refused_and_none_tells(name):
    made = made_of(name)
    require_inert(made)
    assert not tells(made.data)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("latex.pdf", "latin.txt"),
        ("reportlab.pdf", "latin.txt"),
        ("fpdf2.pdf", "latin.txt"),
        ("libreoffice-writer.pdf", "words.txt"),
        ("chromium.pdf", "words.txt"),
        ("weasyprint.pdf", "words.txt"),
        ("words.txt", "words.txt"),
    ],
)
def test_no_word_is_lost(name, source):
    made = made_of(name)
    kept = plain(made.text)
    assert [word for word in words(source) if word not in kept] == []
    assert not {"scan", "some-scans"} & set(made.notes)


@pytest.mark.parametrize(
    "name",
    [
        "libreoffice-calc.ods", "libreoffice-calc.xlsx", "libreoffice-calc.pdf", "openpyxl.xlsx",
        "xlsxwriter.xlsx",
    ],
)  # fmt: skip
def test_no_value_is_lost(name):
    kept = made_of(name).text.split()
    assert [value for value in TABLE if value not in kept] == []


def test_a_formula_gives_the_value_that_it_last_showed():
    assert "Exampleland\t12\t3\t9" in made_of("xlsxwriter.xlsx").text


def test_a_chart_keeps_its_words_and_colours():
    made = made_of("matplotlib.pdf")
    assert {"Shares", "State", "Refused", "Asked"} <= set(made.text.split())
    assert set(made.notes) == {"drawn"}


def test_a_scan_is_said_to_be_one_and_becomes_grey():
    assert set(made_of("scanner.pdf").notes) == {"drawn", "scan", "made-grey"}
    assert made_of("scanner.pdf").text == ""


@pytest.mark.parametrize("name", ["bom-first.pdf", "no-eof.pdf", "pdf-owner-password-only.pdf"])
def test_a_page_without_anything_is_no_scan(name):
    assert made_of(name).notes == ("drawn",)


def test_what_is_called_s_is_no_action():
    assert made_of("pdf-font-named-S.pdf").text.strip()


def test_a_form_feed_ends_a_line():
    assert made_of("pdftotext.txt").data == b"Page one of the report.\n\nPage two.\n\n"


def test_a_workbook_with_unclosed_markup_in_a_remark_is_read():
    assert made_of("xlsx-vml-br.xlsx").text == "Sheet1\nLicences refused\t12"
