"""What somebody takes along, a PDF and a draft plan; and that nothing of it stays behind."""

import io
import shutil
import subprocess
from datetime import date

import docx
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from pypdf import PdfReader

from knowledge.self_assessment import copies
from knowledge.self_assessment.copies import Copy
from knowledge.self_assessment.criteria import COMPANIES, STATES, subject
from knowledge.self_assessment.formats import pdf, word
from portal.pdf import pango
from tests import canaries
from tests.test_pdf_ua import checked, verapdf

__all__ = ["verapdf"]
pytestmark = pytest.mark.django_db
LAW, LISTS = (part.statements for part in subject(STATES).parts[:2])
ANSWERS = {
    LAW[0].key: "yes",
    LAW[1].key: "no",
    LISTS[0].key: "yes",
    LISTS[1].key: "yes",
    LISTS[2].key: "unknown",
}


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_a_plan_begins_with_what_is_not_known_and_names_the_fields_of_the_matrix():
    asked = subject(STATES)
    text = text_of(word.plan(asked, ANSWERS))
    assert text.index("Questions to ask first") < text.index(LISTS[2].text)
    assert asked.parts[1].ask in text
    document = docx.Document(io.BytesIO(word.plan(asked, ANSWERS)))
    first, second = document.tables[:2]
    assert first.cell(1, 1).text == asked.parts[1].matrix, "where somebody has to ask comes first"
    assert first.cell(2, 1).text == f"{LISTS[0].text}\n{LISTS[1].text}"
    assert first.cell(3, 1).text == LISTS[2].text
    assert second.cell(2, 1).text == "", "then the stage of level 0 that stands first"
    assert len(document.tables) == 12


def test_a_plan_of_nobody_who_answered_and_of_one_who_has_all():
    asked = subject(STATES)
    assert "Questions to ask first" not in text_of(word.plan(asked, {}))
    everything = dict.fromkeys((each.key for each in asked.statements), "yes")
    assert "All statements are true." in text_of(word.plan(asked, everything))


def test_a_plan_says_neither_who_made_it_nor_at_what_time():
    told = docx.Document(io.BytesIO(word.plan(subject(STATES), ANSWERS))).core_properties
    assert (told.author, told.last_modified_by, told.subject, told.comments) == ("", "", "", "")
    assert (told.created.hour, told.created.minute, told.created.second) == (0, 0, 0)


def test_a_plan_in_arabic_runs_from_the_right():
    with translation.override("ar"):
        asked = subject(STATES)
        content = word.plan(asked, ANSWERS)
    document = docx.Document(io.BytesIO(content))
    assert document.tables[0]._tbl.tblPr.xpath("w:bidiVisual")
    assert all(each._p.xpath("w:pPr/w:bidi") for each in document.paragraphs if each.text)
    assert asked.parts[0].statements[1].text in text_of(content)


@pytest.mark.libreoffice
def test_libreoffice_opens_a_plan_in_every_language(soffice, tmp_path):
    names = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            (tmp_path / f"{code}.docx").write_bytes(word.plan(subject(STATES), ANSWERS))
        names.append(f"{code}.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, "--headless", profile, "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run([*command, *names], cwd=tmp_path, check=True, capture_output=True, timeout=240)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            told = subject(STATES).parts[1].statements[2].text
        said = (tmp_path / f"{code}.txt").read_text(encoding="utf-8-sig").replace("\u200e", "")
        assert told in said, code


@pytest.mark.skipif(not pango.is_installed(), reason="no Pango here, so there is no PDF")
def test_a_pdf_holds_the_result():
    asked = subject(STATES)
    reader = PdfReader(io.BytesIO(pdf.result(asked, ANSWERS)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Level 1 of 4: Initial" in text
    assert "At least level 2 of 4: Developing" in text
    assert reader.metadata.author is None


def test_every_pdf_meets_pdf_ua(verapdf, tmp_path):
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    names = []
    company = dict.fromkeys((each.key for each in subject(COMPANIES).statements), "partly")
    for about, answers in ((STATES, ANSWERS), (STATES, {}), (COMPANIES, company), (COMPANIES, {})):
        for code in ("en", "ar", "ru"):
            with translation.override(code):
                content = pdf.result(subject(about), answers)
            names.append(f"{about}-{code}-{len(answers)}.pdf")
            (tmp_path / names[-1]).write_bytes(content)
    said = checked(verapdf, tmp_path, names)
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize(
    ("path", "act", "name"),
    [
        ("", "plan", "draft-action-plan.docx"),
        ("", "pdf", "self-assessment.pdf"),
        ("company/", "pdf", "due-diligence-check.pdf"),
    ],
)
def test_files_are_made_for_whoever_asks_and_their_names_tell_nothing(
    client, site_tree, room, path, act, name
):
    answer = client.post(f"/en/self-assessment/{path}", {"act": act, **ANSWERS})
    assert answer.status_code == 303
    place = answer["Location"]
    shown = client.get(f"{place}print/")
    assert shown.status_code == (404 if act == "plan" else 200)
    if act == "pdf" and not pango.is_installed():
        return
    room.work_off()
    file = client.get(f"{place}file/")
    assert file["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.usefixtures("one_minute")
def test_whoever_asks_too_often_waits_with_the_answers_in_the_page(client, site_tree, room):
    for _number in range(6):
        client.post("/en/self-assessment/", {"act": "plan", **ANSWERS})
    answer = client.post("/en/self-assessment/", {"act": "plan", **ANSWERS})
    assert answer.status_code == 429
    page = BeautifulSoup(answer.content, "html.parser")
    kept = {each["name"]: each.get("value") for each in page.select("input[type=hidden]")}
    assert kept.items() >= {**ANSWERS, "act": "plan"}.items()


def test_nothing_of_an_assessment_is_kept_anywhere(site_tree, room, tmp_path, logged):
    """R16: walked at a telling browser, with answers whose keys and words are looked for after."""
    before = canaries.every_row()
    told = [each.key for each in subject(STATES).statements]
    answers = dict.fromkeys(told, "unknown")
    copy = copies.written(subject(STATES), Copy(date(2025, 1, 1), answers))
    for about, path in ((STATES, ""), (COMPANIES, "company/")):
        browser, address = canaries.telling_client(), f"/en/self-assessment/{path}"
        said = answers if about == STATES else {"identify-end-user": "partly"}
        browser.get(address)
        browser.post(address, {"act": "go-2", **said})
        browser.post(address, {"act": "result", **said, "before": "telling nonsense"})
        file = SimpleUploadedFile(f"{canaries.FILE_NAME}.json", copy.encode())
        browser.post(address, {"act": "load", "file": file})
        file.seek(0)
        browser.post(address, {"act": "compare", "file": file, **said})
        for act in ("result", "file", "plan", "pdf"):
            browser.post(address, {"act": act, **said})
        assert browser.cookies == {}
    looked_for = [*canaries.TRACES, *told, "identify-end-user", "telling nonsense"]
    places = {t: "\n".join(rows) for t, rows in canaries.written_since(before).items()}
    waits = {str(p): canaries.as_text(p.read_bytes()) for p in tmp_path.rglob("*") if p.is_file()}
    assert waits, "what waits to be made lies there, sealed"
    places |= {"log": logged(), "mail": canaries.mailed(), "cache": canaries.cached(), **waits}
    canaries.require_absent(places, looked_for)
    assert "self-assessment" not in places["log"]
    room.work_off()
    made = {str(p): canaries.as_text(p.read_bytes()) for p in tmp_path.rglob("*") if p.is_file()}
    canaries.require_absent({**made, "log": logged(), "cache": canaries.cached()}, looked_for)
