"""
Makes the documents of this folder: python -m tests.portal.files.documents.make_documents

LibreOffice writes each text below as ODT and as DOCX, and lays both out as PDF. The words in that
PDF are kept beside the document: what somebody else's program shows, ours must keep. Words with
UNSEEN in them are hidden, deleted or remarks. Needs soffice and pdftotext; the suite never runs it.
"""

import base64
import io
import re
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
NAMES = {
    "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible", "number": "datastyle", "script": "script",
}  # fmt: skip
HEAD = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in NAMES.items()
)
LINKS = (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:math="http://www.w3.org/1998/Math/MathML"'
)
STYLES = """
<text:notes-configuration text:note-class="endnote" style:num-format="1"/>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Heading_20_1" style:family="paragraph" style:parent-style-name="Standard"
 style:default-outline-level="1"><style:text-properties fo:font-size="16pt"/></style:style>
<style:style style:name="Heading_20_2" style:family="paragraph" style:parent-style-name="Standard"
 style:default-outline-level="2"><style:text-properties fo:font-size="13pt"/></style:style>
"""
AUTOMATIC = """
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm"
 fo:margin-right="2cm"/></style:page-layout>
<style:style style:name="bold" style:family="text"><style:text-properties
 fo:font-weight="bold"/></style:style>
<style:style style:name="raised" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style>
<style:style style:name="secret" style:family="text"><style:text-properties
 text:display="none"/></style:style>
<style:style style:name="right" style:family="paragraph"><style:paragraph-properties
 style:writing-mode="rl-tb" fo:text-align="start"/></style:style>
<style:style style:name="box" style:family="graphic"><style:graphic-properties
 fo:padding="0.1cm" style:wrap="parallel" style:horizontal-pos="right"
 style:horizontal-rel="paragraph"/></style:style>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<text:list-style style:name="numbers"><text:list-level-style-number text:level="1"
 style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"
 style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="points"><text:list-level-style-bullet text:level="1"
 text:bullet-char="•"/><text:list-level-style-bullet text:level="2"
 text:bullet-char="–"/></text:list-style>
"""


def p(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def h(words: str, level: int = 1) -> str:
    return (
        f'<text:h text:style-name="Heading_20_{level}"'
        f' text:outline-level="{level}">{words}</text:h>'
    )


def items(style: str, *rows: str) -> str:
    inner = "".join(f"<text:list-item>{row}</text:list-item>" for row in rows)
    return f'<text:list text:style-name="{style}">{inner}</text:list>'


def note(kind: str, words: str) -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p(words)}</text:note-body></text:note>"
    )


def link(address: str, words: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href="{address}">{words}</text:a>'


def table(name: str, rows: list[list[str]], *, head: int = 0) -> str:
    def row(cells: list[str]) -> str:
        inner = "".join(
            f'<table:table-cell table:style-name="cell" office:value-type="string">{p(cell)}'
            "</table:table-cell>"
            for cell in cells
        )
        return f"<table:table-row>{inner}</table:table-row>"

    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    heads = "".join(map(row, rows[:head]))
    heads = f"<table:table-header-rows>{heads}</table:table-header-rows>" if head else ""
    return (
        f'<table:table table:name="{name}">{columns}{heads}{"".join(map(row, rows[head:]))}'
        "</table:table>"
    )


def picture(kind: str, words: str, colour: str) -> str:
    out = io.BytesIO()
    image = Image.new("RGB", (96, 64), colour)
    image.paste("white", (10, 10, 50, 40))
    image.save(out, kind)
    data = base64.b64encode(out.getvalue()).decode()
    return (
        f'<draw:frame draw:name="{words}" draw:style-name="box" text:anchor-type="as-char"'
        f' svg:width="4cm" svg:height="2.6cm"><draw:image><office:binary-data>{data}'
        f"</office:binary-data></draw:image><svg:desc>{words}</svg:desc></draw:frame>"
    )


LONG = (
    "We welcome the draft. Export controls should look at the end user, at diversion and at the"
    " record of the state of destination; transfers should stop where civilians are targeted. "
)
ARABIC = "نرحب بمسودة المدونة. ينبغي أن تنظر ضوابط التصدير في المستخدم النهائي وفي سجل الدولة."
TEXTS = {
    "answer": (
        h("Answer of a civil society coalition")
        + p(f'{LONG}<text:span text:style-name="bold">No exception</text:span> for m'
            '<text:span text:style-name="raised">2</text:span> or CO₂.')
        + h("What we ask", 2)
        + items(
            "numbers",
            p("Publish every licence.")
            + items("numbers", p("Name the goods."), p("Name the user.")),
            p("Report once a year."),
            p("Answer questions."),
        )
        + p("Between two lists")
        + items("points", p("First point") + items("points", p("A point below")), p("Last point"))
        + p(f"Read {link('https://example.org/report', 'our report')} or"
            f" {link('https://example.org/short', 'https://example.org/short')}.")
    ),
    "report": (
        h("Findings") + p(LONG * 4 + note("footnote", "See the annex of 2025.") + " And further.")
        + h("Method", 2) + p(LONG * 3 + note("endnote", "Interviews were held in Tunis."))
        + h("Results") + p(f"{LONG * 4}{note('footnote', 'A second footnote.')}")
        + h("Outlook", 2) + p(LONG * 5)
    ),
    "tables": (
        h("Licences")
        + table("T1",
                [["State", "Granted", "Refused"], ["Norway", "120", "4"], ["Kenya", "8", "0"]],
                head=1)
        + p("Many columns:")
        + table("T2", [[f"C{row}.{column}" for column in range(12)] for row in range(4)])
        + p("Joined cells:")
        + '<table:table table:name="T3"><table:table-column table:number-columns-repeated="3"/>'
        '<table:table-row><table:table-cell table:style-name="cell"'
        ' table:number-columns-spanned="2"'
        f">{p('Over two columns')}</table:table-cell><table:covered-table-cell/>"
        '<table:table-cell table:style-name="cell" table:number-rows-spanned="2">'
        f"{p('Over two rows')}</table:table-cell></table:table-row><table:table-row>"
        f'<table:table-cell table:style-name="cell">{p("Below left")}</table:table-cell>'
        f'<table:table-cell table:style-name="cell">{p("Below middle")}</table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table>"
    ),
    "arabic": (
        '<text:h text:style-name="Heading_20_1" text:outline-level="1">رد المنظمة</text:h>'
        + p(ARABIC, "right")
        + p(f"قدمت 24 منظمة ردها في 2025 (UN Women و ICRC). {ARABIC}", "right")
        + items("numbers", p("نشر كل رخصة", "right"), p("تقرير سنوي", "right"))
        + table("T1", [["الدولة", "الرخص"], ["تونس", "12"], ["الأردن", "7"]])
        + p("An English summary stands below the Arabic text.")
        + p("مَرْحَبًا بِكُمْ", "right")
    ),
    "changes": (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<office:change-info><dc:creator>UNSEEN reviewer</dc:creator>"
        "<dc:date>2026-03-14T15:09:26</dc:date></office:change-info>"
        + p("UNSEENdeleted UNSEENtoo ")
        + '</text:deletion></text:changed-region><text:changed-region text:id="c2">'
        "<text:insertion><office:change-info><dc:creator>UNSEEN reviewer</dc:creator>"
        "<dc:date>2026-03-14T15:09:26</dc:date></office:change-info></text:insertion>"
        "</text:changed-region></text:tracked-changes>"
        + h("A draft that was worked on")
        + p('Before the change <text:change text:change-id="c1"/>and <text:change-start'
            ' text:change-id="c2"/>what was put in<text:change-end text:change-id="c2"/>'
            ' and after.')
        + p("A remark<office:annotation><dc:creator>UNSEEN reviewer</dc:creator><dc:date>"
            f"2026-03-14T15:09:26</dc:date>{p('UNSEENremark')}</office:annotation> stands here.")
        + p('Nobody sees <text:span text:style-name="secret">UNSEENhidden</text:span> this.')
    ),
    "pictures": (
        h("What we saw")
        + p(f"A photograph: {picture('JPEG', 'A burnt house', 'navy')}")
        + p(f"A drawing: {picture('PNG', 'Lines on a map', 'green')} in the text.")
        + p('Beside it a box.<draw:frame draw:style-name="box" text:anchor-type="paragraph"'
            f' svg:width="5cm"><draw:text-box fo:min-height="1cm">{p("Words in a box")}'
            "</draw:text-box></draw:frame>")
        + p('And a shape.<draw:custom-shape draw:style-name="box" text:anchor-type="paragraph"'
            f' svg:width="5cm" svg:height="2cm">{p("Words in a shape")}<draw:enhanced-geometry'
            ' draw:type="rectangle" svg:viewBox="0 0 21600 21600"'
            ' draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/>'
            "</draw:custom-shape>")
    ),
    "scripts": (
        h("One sentence, many letters")
        + "".join(
            map(
                p,
                (
                    "सभी मनुष्यों को गौरव और अधिकारों के मामले में समानता प्राप्त है।",
                    "มนุษย์ทั้งปวงเกิดมามีอิสระและเสมอภาคกัน",
                    "Все люди рождаются свободными и равными.",
                    "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι.",
                    "የሰው ልጅ ሁሉ ሲወለድ ነጻ ነው።",
                    "כל בני אדם נולדו בני חורין.",
                    "Tất cả mọi người sinh ra đều được tự do.",
                    "人人生而自由,在尊严和权利上一律平等。",
                    "Größe, fließend, Öl: e\u0301te\u0301, œuvre, ﬁne.",
                ),
            )
        )
    ),
    "fields": (
        h("What fields show")
        + p('Table <text:sequence text:name="Table" text:formula="ooow:Table+1"'
            ' style:num-format="1">1</text:sequence>: of <text:bookmark-start text:name="here"/>'
            'the year<text:bookmark-end text:name="here"/>.')
        + p('As said of <text:bookmark-ref text:reference-format="text" text:ref-name="here">the'
            " year</text:bookmark-ref>.")
        + p('Fill in <text:placeholder text:placeholder-type="text">&lt;your name&gt;'
            "</text:placeholder> or <text:text-input>your town</text:text-input>.")
        + p('<text:ruby><text:ruby-base>漢字</text:ruby-base>'
            '<text:ruby-text>かんじ</text:ruby-text>'
            "</text:ruby> has a reading.")
        + p('Five   <text:s text:c="3"/>spaces<text:tab/>and a tab<text:line-break/>and a line.')
    ),
}  # fmt: skip
EDGES = (
    f"<style:header>{p('Coalition for Transparency')}</style:header><style:footer><text:p>Sheet "
    '<text:page-number text:select-page="current">1</text:page-number> of <text:page-count>3'
    "</text:page-count></text:p></style:footer>"
)


def flat(name: str, body: str) -> str:
    edges = EDGES if name == "report" else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{HEAD}{LINKS} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{STYLES}</office:styles>"
        f"<office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard"'
        f' style:page-layout-name="pm">{edges}</style:master-page></office:master-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def convert(sources: list[Path], kind: str, folder: Path) -> None:
    profile = Path(tempfile.gettempdir()) / "make-documents"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(folder), *map(str, sources)],
        check=True,
        capture_output=True,
    )


def shown(pdf: Path) -> str:
    """The words of a PDF, a line each paragraph or so; without the pages' own numbers."""
    done = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    words = re.sub(r"Sheet \d of \d", "Sheet of", done.stdout.replace("\f", "\n"))
    words = re.sub(r"(?m)^\d(?=[A-Z])", "", words)  # the marks of notes
    return re.sub(r"\n{2,}", "\n", words)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        for name, body in TEXTS.items():
            (there / f"{name}.fodt").write_text(flat(name, body))
        for kind in ("odt", "docx"):
            convert(sorted(there.glob("*.fodt")), kind, HERE)
            made = [HERE / f"{name}.{kind}" for name in TEXTS]
            convert(made, "pdf", there)
            for document in made:
                words = shown(there / f"{document.stem}.pdf")
                Path(f"{document}.txt").write_text(words)
                print(document.name, document.stat().st_size, "UNSEEN" in words)
