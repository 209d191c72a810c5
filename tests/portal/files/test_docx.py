"""What Word shows of a document is read wherever Word keeps it; what it does not show is gone."""

import io

import pikepdf
import pytest

from portal.files.limits import Limits
from portal.files.rebuilding.documents.docx.document import rebuild_docx
from portal.files.rebuilding.documents.docx.package import NS
from portal.pdf import pango
from tests.portal.files.rebuilt import of_word, refused, tags_in
from tests.portal.files.samples import packed, unpacked
from tests.portal.files.word import drawing, field, image, par, part, run, word

pytestmark = pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")

# Words in all the places where Word keeps them

PLACES = {
    "a simple field": '<w:p><w:fldSimple w:instr=" REF x ">{}</w:fldSimple></w:p>',
    "a content control": "<w:p><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
    "a control around a paragraph": "<w:sdt><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>",
    "a smart tag": '<w:p><w:smartTag w:element="place">{}</w:smartTag></w:p>',
    "custom XML": '<w:customXml w:element="x"><w:p>{}</w:p></w:customXml>',
    "an insertion": '<w:p><w:ins w:author="A">{}</w:ins></w:p>',
    "where it was moved to": '<w:p><w:moveTo w:author="A">{}</w:moveTo></w:p>',
    "another direction": '<w:p><w:dir w:val="rtl">{}</w:dir><w:bdo w:val="rtl"/></w:p>',
    "a row in a control": "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr>"
    "</w:sdtContent></w:sdt></w:tbl>",
    "a cell in a control": "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc><w:p>{}</w:p></w:tc>"
    "</w:sdtContent></w:sdt></w:tr></w:tbl>",
    "a table in a table": "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr>"
    "</w:tbl>"
    "<w:p/></w:tc></w:tr></w:tbl>",
    "a text box": "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
    "<wps:wsp><wps:txbx><w:txbxContent><w:p>{}</w:p></w:txbxContent></wps:txbx></wps:wsp>"
    "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    "<w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>",
    "an old text box": "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{}</w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
    "an element of next year": "<w:p><w14:conflictIns>{}</w14:conflictIns></w:p>",
    "a run beside paragraphs": "{}",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_words_are_read_wherever_word_keeps_them(place):
    rebuilt = of_word(place.replace("{}", run("two words")))
    assert rebuilt.text == "two words"


def test_a_complex_field_shows_its_result_and_not_its_code():
    nested = field(f"IF {field('MERGEFIELD x', 'UNSEEN')} = 1", "shown")
    rebuilt = of_word(par("before ", nested, " after"))
    assert rebuilt.text == "before shown after"


@pytest.mark.parametrize(
    ("code", "begin", "shown"),
    [
        ("FORMCHECKBOX", "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>", "☒"),
        (
            "FORMCHECKBOX",
            '<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>',
            "☐",
        ),
        (
            "FORMDROPDOWN",
            '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Yes"/>'
            '<w:listEntry w:val="No"/></w:ddList></w:ffData>',
            "No",
        ),
        ("MACROBUTTON NoMacro Click here", "", "Click here"),
        ("XE UNSEEN", "", ""),
    ],
)
def test_a_field_without_a_result_shows_what_word_shows(code, begin, shown):
    assert of_word(par("It says ", field(code, begin=begin))).text == f"It says {shown}".strip()


def test_a_number_that_only_word_knows_is_no_reason_to_lose_it():
    assert refused(word(par(field("AUTONUM"), "words"))).parameters == {"found": "field"}


def test_a_table_of_contents_over_several_paragraphs_is_read():
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"{mark.format('begin')}<w:r><w:instrText> TOC \\h </w:instrText></w:r>"
    entry = field("HYPERLINK \\l UNSEEN", "One \u2026 ") + field("PAGEREF UNSEEN", "1")
    rebuilt = of_word(
        par(code + mark.format("separate"), entry)
        + par("Two \u2026 2")
        + par(mark.format("end"))
        + par("after")
    )
    assert rebuilt.text.splitlines() == ["One \u2026 1", "Two \u2026 2", "after"]


def test_a_line_without_height_is_a_drawing_and_no_hidden_word():
    line = drawing("", inside="<wps:wsp/>").replace('cy="1800000"', 'cy="0"')
    rebuilt = of_word(par("shown", line))
    assert {"drawings"} <= set(rebuilt.notes)
    assert "hidden" not in rebuilt.notes


def test_ruby_formulas_and_symbols_are_written_in_a_line():
    ruby = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>".format(
        run("かんじ"), run("漢字")
    )
    formula = (
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den>"
        "</m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
        "</m:sSup></m:oMath>"
    )
    signs = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf061</w:t></w:r>'
    )
    rebuilt = of_word(par(ruby) + par(formula) + par(signs))
    assert rebuilt.text.splitlines() == ["漢字 (かんじ)", "(a) / (b) x ^(2)", "☑α"]
    assert "formulas" in rebuilt.notes
    assert "symbols" not in rebuilt.notes
    assert "symbols" not in of_word(par("□ a box that was typed")).notes
    unknown = '<w:r><w:sym w:font="Mine" w:char="F041"/></w:r>'
    assert "symbols" in of_word(par(unknown.replace("F041", "E041"))).notes


def test_the_strict_dialect_says_the_same():
    data = word(par("two ", field("REF x", "words")))
    files = {
        name: content.replace(NS["w"].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, content in unpacked(data).items()
    }
    assert rebuild_docx(packed(files), Limits()).text == "two words"


# What nobody sees

UNSEEN = {
    "deleted": '<w:del w:author="A"><w:r><w:delText>UNSEEN</w:delText></w:r></w:del>',
    "moved away": f'<w:moveFrom w:author="A">{run("UNSEEN")}</w:moveFrom>',
    "hidden": run("UNSEEN", "<w:vanish/>"),
    "hidden by a style": run("UNSEEN", '<w:rStyle w:val="Secret"/>'),
    "white": run("UNSEEN", '<w:color w:val="FFFFFF"/>'),
    "nearly white": run("UNSEEN", '<w:color w:val="FDFDFE"/>'),
    "one point high": run("UNSEEN", '<w:sz w:val="2"/>'),
    "a field's code": field("INCLUDETEXT UNSEEN", "shown"),
    "a hidden drawing": drawing("", named='hidden="1"', inside="<wps:wsp><w:txbxContent>"
                                f"{par('UNSEEN')}</w:txbxContent></wps:wsp>"),
    "what older programs are told": "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t/>"
    "</mc:Choice><mc:Fallback><w:t>UNSEEN</w:t></mc:Fallback></mc:AlternateContent></w:r>",
}  # fmt: skip


@pytest.mark.parametrize("piece", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_gone(piece):
    rebuilt = of_word(par("before ", piece, " after"))
    assert "UNSEEN" not in rebuilt.text
    assert rebuilt.text.startswith("before")
    assert rebuilt.text.endswith("after")


def test_rows_and_cells_that_were_deleted_hidden_or_merged_away_are_gone():
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p>{}</w:p></w:tc>"
    unseen, shown = cell.format("", run("UNSEEN")), cell.format("", run("shown"))
    top = cell.format('<w:vMerge w:val="restart"/>', run("top"))
    rebuilt = of_word(
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{unseen}</w:tr>"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{unseen}</w:tr>"
        f"<w:tr>{cell.format('<w:cellDel/>', run('UNSEEN'))}"
        f"{top}{shown}</w:tr>"
        f"<w:tr>{cell.format('<w:vMerge/>', run('UNSEEN'))}{shown}</w:tr></w:tbl>"
    )
    assert rebuilt.text.split() == ["top", "shown", "shown"]


def test_white_words_on_a_dark_ground_are_seen():
    white = run("seen", '<w:color w:val="FFFFFF"/>')
    row = "<w:tr><w:tc><w:tcPr>{}</w:tcPr><w:p>{}</w:p></w:tc></w:tr>"
    table = f"<w:tbl><w:tblPr>{{}}</w:tblPr>{row}</w:tbl>"
    dark = '<w:shd w:val="clear" w:fill="000080"/>'
    rebuilt = of_word(
        par(white, look=dark)
        + par(run("seen", f'<w:color w:val="FFFFFF"/>{dark}'))
        + table.format('<w:tblStyle w:val="Dark"/>', "", white)
        + table.format("", dark, white)
    )
    assert rebuilt.text.split() == ["seen"] * 4


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    rebuilt = of_word(
        par("one", look='<w:rPr><w:del w:author="A"/></w:rPr>') + par("two") + par("three")
    )
    assert rebuilt.text.splitlines() == ["one two", "three"]
    for mark in ("del", "moveFrom"):
        end = f'<w:rPr><w:{mark} w:author="A"/></w:rPr>'
        table = f"<w:tbl><w:tr><w:tc>{par('cell', look=end)}</w:tc></w:tr></w:tbl>"
        rebuilt = of_word(par("before", look=end) + table + par("last", look=end))
        assert rebuilt.text.splitlines() == ["before", "cell", "last"]


def test_a_picture_is_seen_whatever_the_colour_of_its_run():
    parts, references = {"word/a.png": image()}, (("rIdI", "image", "a.png"),)
    white = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    shown = of_word(
        par(drawing("rIdI").replace("<w:r>", white)), parts=parts, references=references
    )
    assert shown.text == "[Picture 1]"
    hidden = white.replace("<w:color", "<w:vanish/><w:color")
    gone = of_word(
        par("x", drawing("rIdI").replace("<w:r>", hidden)), parts=parts, references=references
    )
    assert gone.text == "x"


def test_headers_and_footers_stand_once_without_counting_pages():
    def edge(name: str, words: str) -> str:
        return part(name, par(words, field("PAGE", "7")))

    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdH"/>'
        '<w:headerReference w:type="first" r:id="rIdU"/><w:footerReference'
        ' r:id="rIdF"/>{}</w:sectPr>'
    )
    parts = {
        "word/h.xml": edge("hdr", "Coalition"),
        "word/u.xml": edge("hdr", "First"),
        "word/f.xml": edge("ftr", "Page "),
    }
    references = (("rIdH", "header", "h.xml"), ("rIdU", "header", "u.xml"))
    references += (("rIdF", "footer", "f.xml"),)
    bodies = par("text", look=section.format("")) + par("more") + section.format("{}")
    plain = of_word(bodies.format(""), parts=parts, references=references)
    assert plain.text.splitlines() == ["Coalition", "text", "more", "Page"]
    assert "edges" in plain.notes
    first = of_word(bodies.format("<w:titlePg/>"), parts=parts, references=references)
    assert first.text.splitlines() == ["Coalition", "First", "text", "more", "Page"]


def test_notes_are_numbered_as_they_come_and_only_those_that_are_referred_to():
    notes = (
        '<w:{0} w:type="separator" w:id="0"/><w:{0} w:id="CANARY">{1}</w:{0}><w:{0}'
        ' w:id="9">{2}</w:{0}>'
    )
    mark = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    rebuilt = of_word(
        par("one", mark.format("endnote", "CANARY"), " two", mark.format("footnote", "CANARY"))
        + par("three", mark.format("footnote", "404")),
        parts={
            "word/footnotes.xml": part(
                "footnotes", notes.format("footnote", par("a foot"), par("UNSEEN"))
            ),
            "word/endnotes.xml": part(
                "endnotes", notes.format("endnote", par("an end"), par("UNSEEN"))
            ),
        },
        references=(("rIdF", "footnotes", "footnotes.xml"), ("rIdE", "endnotes", "endnotes.xml")),
    )
    assert rebuilt.text.splitlines() == ["one[1] two[2]", "three", "[1] an end", "[2] a foot"]
    with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
        assert all("/A" not in link for page in pdf.pages for link in page.Annots)


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="4">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Mine"/>'
    '<w:lvlText w:val="Part %1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/>'
    '</w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt'
    ' w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride'
    ' w:val="9"/></w:lvlOverride></w:num>',
)


def listed(words: str, level: int, id_: int = 1) -> str:
    return par(words, look=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id_}"/></w:numPr>')


def test_numbers_of_lists_are_counted_as_word_counts_them():
    rebuilt = of_word(
        "".join(
            (
                listed("a", 0), listed("b", 1), listed("c", 1), listed("d", 2), par("between"),
                listed("e", 2), listed("f", 1), listed("g", 0), listed("h", 1), listed("i", 0, 2),
                listed("j", 0, 3), listed("k", 0, 99),
            )
        ),
        parts={"word/numbering.xml": NUMBERING},
        references=(("rIdN", "numbering", "numbering.xml"),),
    )  # fmt: skip
    assert rebuilt.text.splitlines() == [
        *("Part I a", "1.1 b", "1.2 c", "(a) d", "between", "(b) e", "1.3 f", "Part II g", "2.1 h"),
        *("• i", "Part IX j", "• k"),
    ]
    assert tags_in(rebuilt).count("L") > 2


def test_what_was_moved_away_is_not_counted():
    moved = listed("", 0).replace("</w:pPr>", "<w:rPr><w:moveFrom/></w:rPr></w:pPr>")
    rebuilt = of_word(
        listed("a", 0) + moved + listed("b", 0),
        parts={"word/numbering.xml": NUMBERING},
        references=(("rIdN", "numbering", "numbering.xml"),),
    )
    assert rebuilt.text.splitlines() == ["Part I a", "Part II b"]


def test_tags_say_what_a_document_is_made_of():
    head = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr>"
    rebuilt = of_word(
        par("Deep", look='<w:pStyle w:val="Mine"/>')
        + par("Top", look='<w:pStyle w:val="berschrift1"/>')
        + par("text")
        + f"<w:tbl>{head.format(par('a'))}<w:tr><w:tc>{par('b')}</w:tc></w:tr></w:tbl>"
    )
    tags = [tag for tag in tags_in(rebuilt) if tag not in ("NonStruct", "Document", "Span")]
    assert tags == [
        "H1",
        "H1",
        "P",
        "Table",
        "TBody",
        "TR",
        *["TH", "P"] * 2,
        "TR",
        "TD",
        "P",
        "TD",
    ]
    with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
        assert pdf.docinfo.get("/Title") == "Document"
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
