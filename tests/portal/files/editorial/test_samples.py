"""Files of real programs: they stay what they are, and what names people is gone."""

import io
import re

import pikepdf
import pytest
from PIL import Image

from portal.files.editorial.dispatch import prepare
from portal.files.editorial.result import Report
from portal.files.limits import Limits
from tests.portal.files.editorial.samples import NAMES, OFFICE, part, sample, unpacked

TELLING = re.compile(rb"(?i)canary|2031.?07.?08|pdfTeX|LibreOffice/|caaaca")


def prepared(name, data=None):
    report = Report()
    extension = name.rpartition(".")[2]
    return prepare(data or sample(name), extension, report, Limits()), report


@pytest.mark.parametrize("name", NAMES)
def test_what_names_people_is_gone(name):
    assert TELLING.search(unpacked(sample(name))), "the sample tells something"
    data, report = prepared(name)
    assert not TELLING.search(unpacked(data))
    assert report.removed


@pytest.mark.parametrize("name", NAMES)
def test_a_second_time_changes_and_finds_nothing_new(name):
    once, first = prepared(name)
    _, second = prepared(name, once)
    assert not second.removed
    assert second.left == first.left


@pytest.mark.parametrize(
    ("name", "left"),
    [
        (
            "template.docx",
            [
                ("title", "End-use statement"),
                ("comments", "A remark for readers"),
                ("changes", "− words that were deleted"),
                ("changes", "+ words that were added"),
                ("hidden", "words that are hidden"),
                ("fields", "USERNAME"),
                ("links", "https://www.example.org/annex"),
                ("descriptions", "The stamp of the office"),
            ],
        ),
        (
            "template.odt",
            [
                ("title", "End-use statement"),
                ("comments", "A remark for readers"),
                ("changes", "− words that were deleted"),
                ("hidden", "words that are hidden"),
                ("fields", "Field-author"),
                ("links", "https://www.example.org/annex"),
                ("descriptions", "The stamp of the office"),
            ],
        ),
        (
            "template.pdf",
            [
                ("title", "End-use statement"),
                ("comments", "A remark for readers"),
                ("links", "https://www.example.org/annex"),
            ],
        ),
        (
            "article.pdf",
            [
                ("title", "Licensing in four steps"),
                ("comments", "A note of the reviewer"),
                ("links", "https://www.example.org/steps"),
            ],
        ),
        *(
            (
                name,
                [
                    ("title", "Risk table"),
                    ("comments", "How the number is found"),
                    ("hidden", "Weights"),
                    ("links", "https://www.example.org/cameras"),
                ],
            )
            for name in ("table.xlsx", "table.ods")
        ),
        (
            "slides.pptx",
            [
                ("title", "Training"),
                ("comments", "Shorten this"),
                ("hidden", "slide2.xml"),
                ("notes", "What the speaker says"),
            ],
        ),
    ],
)
def test_what_readers_can_see_is_told(name, left):
    _, report = prepared(name)
    assert set(left) <= set(report.left)
    if name.endswith(".pdf"):
        assert set(left) == set(report.left), "nothing that would need explaining"


@pytest.mark.parametrize("name", OFFICE)
def test_every_word_of_the_pages_stays(name):
    """Compared as a reader's program would: the text of the parts, without names of people."""
    parts = {
        "docx": "word/document.xml",
        "xlsx": "xl/worksheets/sheet1.xml",
        "pptx": "ppt/slides/slide1.xml",
    }
    main = parts.get(name.rpartition(".")[2], "content.xml")
    data, _ = prepared(name)

    def words(content):
        text = re.sub(rb"<(dc:|meta:creator|office:annotation).*?</\1", b"", content)
        return re.sub(rb"<[^>]*>", b" ", text).split()

    assert words(part(data, main)) == words(part(sample(name), main))


@pytest.mark.parametrize("name", ["table.xlsx", "table.ods"])
def test_formulas_stay(name):
    main = "xl/worksheets/sheet1.xml" if name.endswith("xlsx") else "content.xml"
    pattern = rb"<f[ >].*?</f>" if name.endswith("xlsx") else rb'table:formula="[^"]*"'
    data, _ = prepared(name)
    formulas = re.findall(pattern, part(sample(name), main))
    assert formulas
    assert re.findall(pattern, part(data, main)) == formulas


def structure(pdf):
    """The tags of a PDF with their attributes, in order."""
    return [
        (str(each.S), str(each.get("/A")), str(each.get("/Alt")))
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == pikepdf.Name.StructElem
    ]


def test_a_tagged_form_keeps_its_tags_its_pages_and_its_fields():
    data, _ = prepared("template.pdf")
    with (
        pikepdf.open(io.BytesIO(sample("template.pdf"))) as before,
        pikepdf.open(io.BytesIO(data)) as after,
    ):
        assert sorted(structure(after)) == sorted(structure(before))
        assert any("/Scope" in attributes for _, attributes, _ in structure(after))
        assert after.Root.MarkInfo.Marked
        assert after.Root.Lang == before.Root.Lang
        assert after.open_metadata()["pdfuaid:part"] == "1"
        assert after.open_metadata()["dc:title"] == "End-use statement"
        assert after.pages[0].Contents.read_bytes() == before.pages[0].Contents.read_bytes()
        fields = {str(field.T): field for field in after.Root.AcroForm.Fields}
        assert set(fields) == {"end-user", "military"}
        fields["end-user"].V = "Ministry of Transport"
        filled = io.BytesIO()
        after.save(filled)
    _, report = prepared("template.pdf", filled.getvalue())
    assert ("filled", "Ministry of Transport") in report.left


def test_a_photograph_is_turned_and_keeps_its_colours():
    data, report = prepared("photograph.jpg")
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (32, 48), "upright"
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        red, _, blue = picture.convert("RGB").getpixel((28, 4))
        assert blue > 150 > red, "what was above to the left is above to the right"
    assert report.removed == {"camera"}
    assert report.left == []
