"""What a Word document or an OpenDocument text shows is kept, word for word, and nothing else."""

import io
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from portal.files import storage
from portal.files.actions import take_in
from portal.files.limits import Limits
from portal.files.messages import NOTES, refusal_message
from portal.files.rebuilding.documents.docx.document import rebuild_docx
from portal.files.rebuilding.documents.odt.document import rebuild_odt
from portal.files.rebuilding.result import Rebuilt
from portal.files.sandbox import ROOT, rebuild_apart
from portal.pdf import pango
from tests.portal.files.rebuilt import letters, of_word, of_writer, refused
from tests.portal.files.samples import rels
from tests.portal.files.word import field, par, run, word, writer

pytestmark = pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")
KEPT = Path(__file__).parent / "documents"
STYLES = "word/styles.xml"
WRITTEN_BY_LIBREOFFICE = sorted(path for path in KEPT.iterdir() if path.suffix in (".odt", ".docx"))


# What LibreOffice wrote, held against what LibreOffice shows of it


@pytest.mark.parametrize("path", WRITTEN_BY_LIBREOFFICE, ids=lambda path: path.name)
def test_every_word_that_libreoffice_shows_is_kept(path):
    rebuild = rebuild_odt if path.suffix == ".odt" else rebuild_docx
    rebuilt = rebuild(path.read_bytes(), Limits())
    shown = Path(f"{path}.txt").read_text()
    assert rebuilt.kind == "pdf"
    assert rebuilt.data.startswith(b"%PDF")
    wanted = letters(re.sub(r"UNSEEN\w*", "", shown))
    if path.stem == "report":  # LibreOffice counts endnotes by themselves
        wanted = {letter: number for letter, number in wanted.items() if not letter.isdigit()}
    assert Counter(wanted) - letters(rebuilt.text) == {}
    assert "UNSEEN" not in rebuilt.text


def test_both_formats_of_one_text_become_the_same():
    for path in KEPT.glob("*.odt"):
        if path.stem in ("fields", "scripts"):  # LibreOffice writes these in two ways itself
            continue
        of_odt = rebuild_odt(path.read_bytes(), Limits()).text
        of_docx = rebuild_docx(path.with_suffix(".docx").read_bytes(), Limits()).text
        assert of_odt.split() == of_docx.split(), path.stem


# Links


@pytest.mark.parametrize(
    ("address", "words", "shown"),
    [
        ("https://un.org/report", "our report", "our report (https://un.org/report)"),
        ("https://un.org/report/", "un.org/report", "un.org/report"),
        ("https://CANARY@un.org/a?to=CANARY#CANARY", "here", "here (https://un.org/a…)"),
        ("https://un.org:8443/a", "here", "here (https://un.org:8443/a)"),
        ("file:///C:/Users/CANARY/a.docx", "the draft", "the draft"),
        ("mailto:CANARY@x.example", "write", "write"),
        ("javascript:CANARY", "go", "go"),
        ("http://[CANARY", "broken", "broken"),
    ],
)
def test_a_link_is_text_and_its_address_stands_beside_it(address, words, shown):
    by_reference = of_word(
        par("see ", f'<w:hyperlink r:id="rIdL">{run(words)}</w:hyperlink>', "s now"),
        references=(("rIdL", "hyperlink", address + ("" if ":/" in address else "#://")),),
    )
    by_field = of_word(par("see ", field(f'HYPERLINK "{address}" \\o "CANARY"', words), "s now"))
    of_odt = of_writer(f'<text:p>see <text:a xlink:href="{address}">{words}</text:a>s now</text:p>')
    assert {each.text for each in (by_reference, by_field, of_odt)} == {f"see {shown}s now"}
    for rebuilt in (by_reference, by_field, of_odt):
        with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
            assert "/Annots" not in pdf.pages[0]


# The page that is made


def test_right_to_left_words_run_so_and_tables_with_them():
    table = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"
    rebuilt = of_word(
        par("رد المنظمة 2025") + table.format(par("الدولة"), par("12")) + par("English")
    )
    pdf = pikepdf.open(io.BytesIO(rebuilt.data))
    assert rebuilt.text.splitlines() == ["رد المنظمة 2025", "الدولة \t12", "English"]
    assert pdf.Root.Lang == "und"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("The controls on the export of arms are to be in the law and to be kept for all", "en"),
        ("Les contrôles des armes et des munitions que les États ont dans la loi pour les", "fr"),
        ("في هذا التقرير من المنظمة إلى الدولة التي وقعت على المدونة في هذه السنة من", "ar"),
        ("KEEP", "und"),
    ],
)
def test_the_language_is_that_of_the_words_never_that_of_the_machine(words, code):
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:lang"
        ' w:val="ru-RU"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    rebuilt = of_word(par(run(words, '<w:lang w:val="tr-TR"/>')), styles=styles)
    assert str(pikepdf.open(io.BytesIO(rebuilt.data)).Root.Lang) == code


def test_nothing_runs_off_the_page():
    cells = "".join(f"<w:tc>{par(f'column {number}')}</w:tc>" for number in range(40))
    rebuilt = of_word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{par('W' * 3_000)}")
    assert rebuilt.text.count("column") == 40
    many = f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 300}</w:tr></w:tbl>"
    assert refused(word(many)).parameters == {"found": "wide-table"}


def test_the_same_document_becomes_the_same_bytes(time_machine):
    data = (KEPT / "pictures.docx").read_bytes()
    time_machine.move_to("2026-01-01")
    first = rebuild_docx(data, Limits()).data
    time_machine.move_to("2026-02-02")
    assert rebuild_docx(data, Limits()).data == first


def test_letters_without_a_font_are_said():
    rebuilt = of_word(par("\U0001f6d8 \ue123"))
    assert "letters" in rebuilt.notes


def test_every_note_has_a_sentence():
    told = {note for path in WRITTEN_BY_LIBREOFFICE for note in rebuild_odt_or_docx(path).notes}
    assert told <= set(NOTES)
    assert {"layout", "changes", "hidden", "comments-out", "edges", "links-beside"} <= told


def rebuild_odt_or_docx(path: Path) -> Rebuilt:
    rebuild = rebuild_odt if path.suffix == ".odt" else rebuild_docx
    return rebuild(path.read_bytes(), Limits())


# What is broken or made to harm


def deep(levels: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * levels + par("x") + "</w:tc></w:tr></w:tbl>" * levels


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "damaged"),
        (lambda: b"PK\3\4 and nothing", "damaged"),
        (lambda: word(par("x"))[:400], "damaged"),
        (
            lambda: word(par("x")).replace(b"PK\1\2\x14\3\x14", b"PK\1\2\x14\3\xff"),
            "archive-method",
        ),
        (lambda: word(par("x"))[:-40], "damaged"),
        (lambda: word("<w:p>"), "damaged"),
        (lambda: word(deep(90)), "xml-depth"),
        (
            lambda: word(par("x"), parts={STYLES: "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
            "xml-declarations",
        ),
        (lambda: word(par("x"), parts={STYLES: b"<x>" + b" " * 101 * 2**20 + b"</x>"}), "bomb"),
        (lambda: writer("<text:p>x</text:p>"), "damaged"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_broken_is_refused_for_what_it_is(make, code):
    assert refused(make()).code == code


def test_a_nest_of_tables_is_laid_out_or_refused():
    assert of_word(deep(10)).text == "x"


def test_where_no_pdf_can_be_made_documents_are_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(pango, "is_installed", lambda: False)
    refusal = refused(word(par("x")))
    assert refusal.code == "documents-unavailable"
    assert "PDF" in refusal_message(refusal.code, {})


def test_a_word_that_a_reader_forgot_is_missed(monkeypatch):
    from portal.files.rebuilding.documents.docx.text import Story

    monkeypatch.setattr(Story, "table", lambda *args, **kwargs: "")
    cell = f"<w:tbl><w:tr><w:tc>{par('lost')}</w:tc></w:tr></w:tbl>"
    assert refused(word(cell)).code == "words-lost"


def test_relationships_may_lead_nowhere():
    package = rels(("rId1", "officeDocument", "word/other.xml"))
    assert refused(word(par("x"), parts={"_rels/.rels": package})).code == "damaged"
    strict = word(par("x")).replace(b"a", b"a")
    assert rebuild_docx(strict, Limits()).text == "x"


def test_a_document_is_made_in_the_confined_process():
    data = (KEPT / "report.docx").read_bytes()
    rebuilt = rebuild_apart(data, extension="docx", keep_colour=False, bounds=Limits())
    assert rebuilt.text == rebuild_docx(data, Limits()).text
    assert rebuilt.data.startswith(b"%PDF")


NO_FONTS = '<?xml version="1.0"?><fontconfig><dir>{0}</dir><cachedir>{0}</cachedir></fontconfig>'


def test_a_machine_without_fonts_can_make_no_pdf(tmp_path):
    config = tmp_path / "fonts.conf"
    config.write_text(NO_FONTS.format(tmp_path))
    asked = "from portal.pdf import pango; print(pango.is_installed())"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        check=True,
        env={"FONTCONFIG_FILE": str(config), "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == b"False\n"


@pytest.mark.django_db
def test_what_is_stored_of_a_document_is_a_pdf_and_its_sender_is_told_what_is_lost(media, upload):
    stored = take_in(upload((KEPT / "changes.docx").read_bytes(), "CANARY.docx"))
    assert (stored.kind, stored.media_type) == ("pdf", "application/pdf")
    assert storage.read(stored).startswith(b"%PDF")
    assert "what was put in" in stored.text
    assert stored.told == [NOTES[note] for note in ("changes", "comments-out", "hidden", "layout")]
