"""Guides as office files: what their readers find in them, whoever opens them."""

import io
import json
import os
import re
import shutil
import subprocess
import unicodedata
import zipfile
from datetime import timedelta
from pathlib import Path

import docx
import pptx
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from lxml import etree
from python_calamine import CalamineWorkbook
from wagtail.models import PageViewRestriction

from knowledge.guide_files.formats import FORMATS, made, offered
from knowledge.guides.models import GuidePage
from knowledge.sources.models import Source
from portal.pdf import pango
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db
EVIL = "evil\x00\x0b\ufffe\uffff\u202e<b>&"
WORDS = {
    "en": {
        "title": "Asking about the end user",
        "model": "Letter to [name of the authority]",
        "blank": "We ask that [item] be held.",
        "tick": "The end user is named",
        "hint": "Down to the unit",
        "caption": "Signs and questions",
        "slide": "Four questions",
        "point": "What can it do?",
        "notes": "Read them aloud.",
        "exercise": "Twenty readers",
        "question": "Which fact is missing?",
        "answer": "Who opens the telephones.",
        "outcome": "Ask four questions of any application.",
    },
    "ar": {
        "title": "السؤال عن المستخدم النهائي",
        "model": "رسالة إلى [اسم السلطة]",
        "blank": "نطلب حجز [الصنف] 4.A.5 الآن.",
        "tick": "المستخدم النهائي مذكور",
        "hint": "حتى الوحدة",
        "caption": "علامات وأسئلة",
        "slide": "أربعة أسئلة",
        "point": "ماذا يستطيع؟",
        "notes": "اقرأها بصوت عال.",
        "exercise": "عشرون قارئا",
        "question": "أي واقعة ناقصة؟",
        "answer": "من يفتح الهواتف.",
        "outcome": "اطرح أربعة أسئلة.",
    },
}


def body_of(words: dict[str, str], mark: str = "") -> str:
    """A text with each block that goes into an office file."""
    line = {"text": f"<p>{words['tick']}{mark}</p>", "hint": f"<p>{words['hint']}</p>"}
    table = {
        "columns": [
            {"type": "row_heading", "heading": "Sign"},
            {"type": "rich_text", "heading": "What to ask"},
            {"type": "number", "heading": "How many"},
        ],
        "rows": [
            {"values": ["<p>Bulk</p>", f"<p>First<br/>second{mark}</p>", "12.5"]},
            {"values": ["<p>=1+1</p>", '<p>=HYPERLINK("https://evil.example")</p>', None]},
        ],
        "caption": words["caption"],
    }
    slide = {
        "title": words["slide"],
        "minutes": 15,
        "points": f"<ul><li>{words['point']}{mark}</li><li>Second</li></ul>",
        "notes": f"<p>{words['notes']}</p>",
    }
    letter = (
        f"<p>{words['blank']}{mark}</p><p>Line<br/><b>bold</b> and <i>italic</i></p>"
        "<ol><li>one</li><li>two<ul><li>inner</li></ul></li></ol><p>between</p><ol><li>again</li></ol>"
        '<p><a href="https://elsewhere.example/">elsewhere</a></p>'
    )
    exercise = {
        "title": words["exercise"],
        "minutes": 20,
        "question": f"<p>{words['question']}</p>",
        "answer": f"<p>{words['answer']}</p>",
    }
    blocks = [
        ("outcomes", {"entries": [f"<p>{words['outcome']}</p>"]}),
        ("model_text", {"title": words["model"], "text": letter}),
        ("checklist", {"title": "Before you sign", "entries": [line, line]}),
        ("table", table),
        ("slides", {"title": "", "entries": [slide]}),
        ("exercise", exercise),
    ]
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def with_body(guide: GuidePage, body: str) -> GuidePage:
    guide.body = body
    guide.save()
    return GuidePage.objects.get(pk=guide.pk)


@pytest.fixture
def source(site_tree):
    return SourceFactory(key="e1", title="Regulation 821")


@pytest.fixture
def guide(source):
    guide = GuidePageFactory(
        title=WORDS["en"]["title"], slug="end-user", further=[SourceFactory(title="First work")]
    )
    return with_body(guide, body_of(WORDS["en"], cite("e1", "Art. 5(1)")))


@pytest.fixture
def arabic(source):
    guide = GuidePageFactory(title=WORDS["ar"]["title"], slug="dalil", content_language="ar")
    return with_body(guide, body_of(WORDS["ar"], cite("e1", "Art. 5(1)")))


def address(guide: GuidePage, ending: str, name: str = "") -> str:
    return reverse(f"guide_{ending}", args=[guide.slug, name or guide.slug])


def every_part(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


@pytest.mark.parametrize("ending", FORMATS)
def test_each_file_is_sent_to_be_saved(client, guide, ending):
    response = client.get(address(guide, ending))
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[ending].content_type
    assert f'attachment; filename="end-user.{ending}"' in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_the_page_offers_each_file_with_format_and_language(client, guide, monkeypatch):
    monkeypatch.setattr(pango, "is_installed", lambda: False)
    page = client.get(guide.url).content.decode()
    for ending in FORMATS:
        assert f'href="{address(guide, ending)}"' in page
        assert f"({ending.upper()}, English)" in page
    assert "A PDF of this guide" not in page


def test_a_guide_offers_what_it_has(client, site_tree):
    plain = GuidePageFactory(title="Plain")
    assert offered(plain) == []
    assert all(client.get(address(plain, ending)).status_code == 404 for ending in FORMATS)
    lesson = GuidePageFactory(title="Lesson", document_type="training")
    assert offered(lesson) == ["docx", "odt", "pptx"]
    body = json.loads(body_of(WORDS["en"]))
    assert offered(with_body(plain, json.dumps(body[2:3]))) == ["docx", "odt"]
    assert offered(with_body(plain, json.dumps(body[3:4]))) == ["xlsx"]


def test_the_letter_and_the_list_are_ready_to_fill_in(guide):
    for ending, said in (
        ("docx", words_in_word(made(guide, "docx"))),
        ("odt", words_in_text(made(guide, "odt"))),
    ):
        for words in (
            *("Asking about the end user", "Letter to [name of the authority]"),
            *("We ask that [item] be held.1", "Before you sign", "Down to the unit"),
            *("one", "two", "inner", "again", "elsewhere"),
            f"Published on {date_format(guide.last_published_at)}",
        ):
            assert words in said, (ending, words)
        assert sum(each.startswith("☐") for each in said) == 2, ending
        assert any("/en/guides/end-user/" in each for each in said), ending
        assert said[said.index("Sources") + 1].startswith(
            "Regulation 821, European Union, 20 May 2021 (Article 5(1))"
        )


def words_in_text(data: bytes) -> list[str]:
    """The headings and paragraphs of an ODT."""
    root = etree.fromstring(every_part(data)["content.xml"])
    found = root.xpath("//*[local-name()='h' or local-name()='p']")
    return ["".join(each.itertext()) for each in found]


def words_in_word(data: bytes) -> list[str]:
    """The headings and paragraphs of a DOCX, with what stands in its controls and links."""
    root = etree.fromstring(every_part(data)["word/document.xml"])
    lines = root.xpath("//*[local-name()='p' and namespace-uri()!='']")
    return ["".join(each.xpath(".//*[local-name()='t']/text()")) for each in lines]


def test_a_box_of_a_word_document_can_be_ticked_there(guide):
    body = every_part(made(guide, "docx"))["word/document.xml"]
    assert body.count(b"<w14:checkbox>") == 2


def test_each_list_of_a_word_document_counts_from_one(guide):
    document = docx.Document(io.BytesIO(made(guide, "docx")))
    numbered = [each for each in document.paragraphs if each.style.name == "List Number"]
    assert [each.text.partition(",")[0] for each in numbered] == [
        *("one", "two", "again", "Regulation 821")
    ]
    lists = [each._p.pPr.numPr.numId.val for each in numbered]
    assert lists[0] == lists[1]
    assert len(set(lists)) == 3


def test_a_lesson_has_handout_running_order_and_each_answer_on_a_page_of_its_own(guide):
    document = docx.Document(io.BytesIO(made(guide, "docx")))
    broken = [each.text for each in document.paragraphs if each.paragraph_format.page_break_before]
    assert broken == ["Handout", "Running order", "Exercise: Twenty readers", "Answer", "Sources"]
    (order,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in order.rows]
    assert cells == [["Part", "Minutes"], ["Four questions", "15"], ["In all", "15"]]
    said = [each.text for each in document.paragraphs]
    assert said.index("Answer") + 1 == said.index("Who opens the telephones.")
    assert "Read them aloud." not in said


def test_slides_have_their_notes(guide):
    show = pptx.Presentation(io.BytesIO(made(guide, "pptx")))
    titles = [slide.shapes.title.text for slide in show.slides]
    assert titles == [guide.title, "What you can do afterwards", "Four questions", "Sources"]
    third = show.slides[2]
    assert third.placeholders[1].text == "What can it do?1\nSecond"
    assert third.notes_slide.notes_text_frame.text == "Read them aloud."


def test_a_lesson_without_slides_has_one_for_each_section_and_exercise(site_tree):
    blocks = [
        {"type": "heading", "value": {"text": "Week one", "level": "h2"}},
        {"type": "paragraph", "value": "<p>Read the law.</p><ul><li>Once</li></ul>"},
        {"type": "heading", "value": {"text": "Nothing here", "level": "h2"}},
        {"type": "heading", "value": {"text": "Limits", "level": "h2"}},
        {"type": "paragraph", "value": "<p>It is short.</p><p>All else is said.</p>"},
        *json.loads(body_of(WORDS["en"]))[5:],
    ]
    guide = with_body(GuidePageFactory(document_type="training"), json.dumps(blocks))
    show = pptx.Presentation(io.BytesIO(made(guide, "pptx")))
    _first, week, other, exercise = show.slides
    assert (week.shapes.title.text, week.placeholders[1].text) == ("Week one", "Once")
    assert week.notes_slide.notes_text_frame.text == "Read the law.\nOnce"
    assert (other.shapes.title.text, other.placeholders[1].text) == ("Limits", "It is short.")
    assert exercise.shapes.title.text == "Exercise: Twenty readers"
    assert exercise.notes_slide.notes_text_frame.text == "Who opens the telephones."
    said = words_in_word(made(guide, "docx"))
    assert "Read the law." in said
    assert "20" in said


def test_long_points_go_on_another_slide(guide):
    body = json.loads(body_of(WORDS["en"]))
    points = "".join(f"<li>{'word ' * 40}</li>" for _ in range(9))
    body[4]["value"]["entries"][0]["points"] = f"<ul>{points}</ul>"
    show = pptx.Presentation(io.BytesIO(made(with_body(guide, json.dumps(body)), "pptx")))
    some = [each for each in show.slides if each.shapes.title.text == "Four questions"]
    assert len(some) == 3
    assert [each.has_notes_slide for each in some] == [True, False, False]


def test_each_table_is_a_sheet_with_its_caption_and_headings(guide):
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(guide, "xlsx")))
    assert book.sheet_names == ["1. Signs and questions", "2. Asking about the end user"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Signs and questions"
    assert rows[1] == ["Sign", "What to ask", "How many"]
    assert rows[2] == ["Bulk", "First\nsecond [1]", 12.5]
    assert rows[3][:2] == ["=1+1", '=HYPERLINK("https://evil.example")']
    about = [row[0] for row in book.get_sheet_by_index(1).to_python()]
    assert about[2] == f"Published on {date_format(guide.last_published_at)}"
    assert any(each.startswith("1. Regulation 821") for each in about)
    sheet = every_part(made(guide, "xlsx"))["xl/worksheets/sheet1.xml"].decode()
    assert 'ySplit="2"' in sheet
    assert 'state="frozen"' in sheet


def test_no_cell_is_a_formula_even_when_somebody_edits_it(guide):
    parts = every_part(made(guide, "xlsx"))
    assert not re.search(rb"<f[ >]", parts["xl/worksheets/sheet1.xml"])
    assert b'quotePrefix="1"' in parts["xl/styles.xml"]
    assert b"evil.example" not in b"".join(v for k, v in parts.items() if k.endswith(".rels"))


def test_captions_that_no_sheet_may_be_called_are_taken(guide):
    (table,) = json.loads(body_of({**WORDS["en"], "caption": "[a]*?/\\: '" + "\U0001f600" * 30}))[
        3:4
    ]
    twice = with_body(guide, json.dumps([table, table]))
    names = CalamineWorkbook.from_filelike(io.BytesIO(made(twice, "xlsx"))).sheet_names
    assert len(set(names)) == 3
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


@pytest.mark.parametrize("ending", FORMATS)
def test_it_leads_to_its_page_and_its_sources_alone(guide, ending):
    whole = b"".join(every_part(made(guide, ending)).values()).decode("utf-8", "replace")
    found = re.findall(r'(?:Target|xlink:href)="(https?:[^"]*)"', whole)
    assert set(found) == {guide.full_url, *Source.objects.values_list("address", flat=True)}
    assert "elsewhere.example" not in whole


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_tells_title_language_and_unit_and_no_person_program_or_time(guide, ending):
    data = made(guide, ending)
    parts = every_part(data)
    assert not [name for name in parts if re.search("vba|macro|printer|thumbnail", name, re.I)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        day = timezone.localdate(guide.last_published_at)
        assert {each.date_time for each in archive.infolist()} == {
            (day.year, day.month, day.day, 0, 0, 0)
        }
    core = parts["meta.xml" if ending == "odt" else "docProps/core.xml"].decode()
    assert guide.title in core
    assert "<dc:language>en</dc:language>" in core
    assert ">Secretariat</dc:creator>" in core
    assert set(re.findall(r"T(\d\d:\d\d:\d\d)", core)) == {"00:00:00"}
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {day.isoformat()}
    assert not re.search("python|Steve|Canny", core)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_version_gives_the_same_file(guide, ending):
    first = made(guide, ending)
    guide = GuidePage.objects.get(pk=guide.pk)
    with translation.override("fr"):
        assert made(guide, ending) == first


def test_an_office_file_goes_on_where_it_was_broken_off_until_it_is_another(client, guide):
    at = address(guide, "docx")
    first = client.get(at, headers={"Accept-Encoding": "gzip"})
    held = {"Range": "bytes=100-", "If-Range": first["ETag"]}
    rest = client.get(at, headers=held)
    assert (rest.status_code, rest.content) == (206, first.content[100:])
    assert client.get(at, headers={"If-None-Match": first["ETag"]}).status_code == 304
    Source.objects.update(title="Regulation 822")
    changed = client.get(at, headers=held)
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_an_arabic_file_says_its_language_and_direction(arabic):
    word = every_part(made(arabic, "docx"))
    body = word["word/document.xml"].decode()
    assert re.search(r'<w:lang [^>]*w:bidi="ar"', word["word/styles.xml"].decode())
    assert body.count("<w:bidi/>") > body.count("</w:p>") - 3
    assert "<w:rtl/>" in body
    assert "<w:bidiVisual/>" in body
    text = every_part(made(arabic, "odt"))["styles.xml"].decode()
    assert 'style:writing-mode="rl-tb"' in text
    assert 'style:language-complex="ar"' in text
    assert b'rightToLeft="1"' in every_part(made(arabic, "xlsx"))["xl/worksheets/sheet1.xml"]
    slide = every_part(made(arabic, "pptx"))["ppt/slides/slide3.xml"].decode()
    assert slide.count('rtl="1"') == slide.count("<a:p>")
    assert 'lang="ar"' in slide


def test_an_english_file_has_no_direction_of_another(guide):
    assert b"w:bidi/>" not in every_part(made(guide, "docx"))["word/document.xml"]
    assert b"rl-tb" not in every_part(made(guide, "odt"))["styles.xml"]


def test_words_of_the_portal_say_their_language_in_a_guide_of_another(site_tree):
    guide = GuidePageFactory(title="Prüfung", content_language="de", document_type="training")
    body = every_part(made(guide, "docx"))["word/document.xml"].decode()
    assert re.search(r'<w:lang w:val="en"/></w:rPr><w:t[^>]*>Handout', body)
    assert re.search(r'<w:lang w:val="de"/></w:rPr><w:t[^>]*>Prüfung', body)


@pytest.mark.parametrize("ending", FORMATS)
def test_hostile_words_break_no_file(guide, ending):
    body = body_of(dict.fromkeys(WORDS["en"], f"{EVIL}&#11;&#65535;"))
    guide.title = "evil \x0b\ufffe title"
    guide.body = body
    told = ""
    for name, part in every_part(made(guide, ending)).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
            assert "\u202e" not in part.decode()
            told += part.decode()
    assert "evil" in told


def test_an_empty_or_broken_text_is_no_error(site_tree):
    guide = GuidePageFactory(document_type="training", sections=(), limits="")
    for blocks in (
        [],
        [{"type": "model_text", "value": {}}, {"type": "checklist", "value": {}}],
        [{"type": "table", "value": {}}, {"type": "slides", "value": {"entries": [{}]}}],
        [{"type": "exercise", "value": {}}, {"type": "outcomes", "value": {}}],
        [{"type": "model_text", "value": {"title": "", "text": "<p><b>a<i>b</p></b></ul><li>"}}],
    ):
        guide.body = json.dumps(blocks)
        for ending in FORMATS:
            assert made(guide, ending)


def test_an_overdue_guide_says_so(guide):
    assert "Check the source" not in " ".join(words_in_word(made(guide, "docx")))
    guide.review_due = timezone.localdate() - timedelta(days=1)
    assert "Check the source" in " ".join(words_in_word(made(guide, "docx")))


def test_what_is_not_published_is_in_no_file(client, guide):
    guide.title = "Not approved yet"
    guide.save_revision()
    response = client.get(address(guide, "docx"))
    assert "Not approved yet" not in " ".join(words_in_word(response.content))


@pytest.mark.parametrize("ending", FORMATS)
def test_who_may_have_it_is_who_may_read_the_page(client, guide, ending):
    draft = with_body(GuidePageFactory(live=False, title="Unfinished"), body_of(WORDS["en"]))
    assert client.get(address(draft, ending)).status_code == 404
    assert client.get(address(guide, ending, "other")).status_code == 404
    assert client.get(f"/en/guides/a%00b/a%00b.{ending}").status_code == 404
    assert client.get(f"/en/guides/nobody/nobody.{ending}").status_code == 404
    assert client.post(address(guide, ending)).status_code == 405
    restriction = PageViewRestriction.objects.create(
        page=guide, restriction_type=PageViewRestriction.LOGIN
    )
    assert client.get(address(guide, ending)).status_code == 404
    restriction.delete()
    guide.unpublish()
    assert client.get(address(guide, ending)).status_code == 410


def test_a_file_costs_as_many_queries_however_much_is_in_it(
    guide, client, django_assert_num_queries, django_assert_max_num_queries
):
    client.get(address(guide, "docx"))
    found = GuidePage.objects.get(pk=guide.pk)
    with django_assert_max_num_queries(5):
        made(found, "docx")
    found = GuidePage.objects.get(pk=guide.pk)
    found.body = json.dumps(json.loads(body_of(WORDS["en"], cite("e1"))) * 3)
    for ending in FORMATS:
        made(found, ending)
    with django_assert_num_queries(0):
        for ending in FORMATS:
            made(found, ending)


@pytest.fixture(scope="module")
def soffice() -> str:
    """A headless LibreOffice. On a machine of our own it may be missing, in CI never."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing: .ci/run installs LibreOffice")
        pytest.skip("needs LibreOffice (soffice): files of guides are opened in it")
    return found


@pytest.mark.libreoffice
def test_libreoffice_reads_every_file_and_arabic_from_the_right(soffice, guide, arabic, tmp_path):
    for each in (guide, arabic):
        for ending in FORMATS:
            (tmp_path / f"{each.slug}-{ending}.{ending}").write_bytes(made(each, ending))
    names = sorted(path.name for path in tmp_path.iterdir())
    subprocess.run(
        [
            soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to", "pdf", "--outdir", "out", *names,
        ],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    told = {"xlsx": ["caption"], "pptx": ["title", "slide", "point", "outcome"]}
    usual = ["title", "model", "blank", "tick", "hint", "outcome", "question", "answer"]
    page = {"docx": 1, "odt": 1, "xlsx": 0, "pptx": 2}  # one whose lines are short
    for ending in FORMATS:
        words, place = read_back(tmp_path / "out" / f"end-user-{ending}.pdf", page[ending])
        for name in told.get(ending, usual):
            assert WORDS["en"][name] in words, (ending, name)
        assert place < 0.5, ending
        words, place = read_back(tmp_path / "out" / f"dalil-{ending}.pdf", page[ending])
        for name in told.get(ending, usual):
            # Whatever order and shapes a PDF has Arabic's letters in.
            assert letters(WORDS["ar"][name]) <= letters(words), (ending, name)
        assert place > 0.5, ending


def letters(words: str) -> set[str]:
    return {each for each in unicodedata.normalize("NFKC", words) if each.isalpha()}


def read_back(path: Path, number: int) -> tuple[str, float]:
    """The words of a PDF, and where the middle of what a page shows is, from 0 (left) to 1."""
    with pypdfium2.PdfDocument(path) as document:
        words = " ".join(page.get_textpage().get_text_bounded() for page in document)
        text = document[number].get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        return " ".join(words.split()), (left + right) / 2 / document[number].get_width()
