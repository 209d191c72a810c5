"""What Writer shows of a text is read wherever it keeps it; what it does not show is gone."""

import pytest

from portal.files.rebuilding.documents.odt.document import rebuild_odt
from portal.pdf import pango
from tests.portal.files.rebuilt import of_writer, pictures_in, refused
from tests.portal.files.word import image, writer

pytestmark = pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")


STYLED = '<style:style style:name="{}" style:family="{}"><style:{}-properties {}/></style:style>'


@pytest.mark.parametrize(
    ("piece", "styles"),
    [
        (
            '<text:span text:style-name="s">UNSEEN</text:span>',
            STYLED.format("s", "text", "text", 'text:display="none"'),
        ),
        (
            '<text:span text:style-name="s">UNSEEN</text:span>',
            STYLED.format("s", "text", "text", 'fo:color="#ffffff"'),
        ),
        (
            '<text:span text:style-name="s">UNSEEN</text:span>',
            STYLED.format("s", "text", "text", 'fo:font-size="1pt"'),
        ),
        ("<text:hidden-text>UNSEEN</text:hidden-text>", ""),
        (
            "<office:annotation><dc:creator>UNSEEN</dc:creator><text:p>UNSEEN</text:p></office:annotation>",
            "",
        ),
        ("<text:script>UNSEEN</text:script>", ""),
        (
            "<text:note><text:note-citation>UNSEEN</text:note-citation><text:note-body/></text:note>",
            "",
        ),
    ],
)
def test_what_nobody_sees_in_writer_is_gone(piece, styles):
    rebuilt = of_writer(f"<text:p>before {piece} after</text:p>", styles=styles)
    assert "UNSEEN" not in rebuilt.text
    assert rebuilt.text.startswith("before")


@pytest.mark.parametrize(
    "block",
    [
        '<text:section text:display="none"><text:p>UNSEEN</text:p></text:section>',
        '<text:p>UNSEEN<text:hidden-paragraph text:is-hidden="true"/></text:p>',
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>UNSEEN</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>",
        "<text:table-of-content><text:table-of-content-source>UNSEEN"
        "</text:table-of-content-source></text:table-of-content>",
        "<office:forms><form:form><form:text>UNSEEN</form:text></form:form></office:forms>",
        "<table:table><table:table-row><table:table-cell/><table:covered-table-cell><text:p>UNSEEN"
        "</text:p></table:covered-table-cell></table:table-row></table:table>",
    ],
)
def test_blocks_that_nobody_sees_in_writer_are_gone(block):
    assert of_writer(f"{block}<text:p>seen</text:p>").text == "seen"


@pytest.mark.parametrize(
    "block",
    [
        "<text:section><text:p>two words</text:p></text:section>",
        "<text:p><text:author-name>two words</text:author-name></text:p>",
        "<text:p>two<text:s/>words</text:p>",
        "<text:numbered-paragraph><text:p>two words</text:p></text:numbered-paragraph>",
        "<text:list><text:list-header><text:p>two words</text:p></text:list-header></text:list>",
        "<text:p><draw:frame><draw:text-box><text:p>two"
        " words</text:p></draw:text-box></draw:frame></text:p>",
        "<draw:g><draw:rect><text:p>two words</text:p></draw:rect></draw:g>",
        "<text:p><text:meta>two"
        " <text:ruby><text:ruby-base>words</text:ruby-base></text:ruby></text:meta></text:p>",
        "<text:bibliography><text:index-body><text:p>two"
        " words</text:p></text:index-body></text:bibliography>",
        "<text:element-of-next-year><text:p>two words</text:p></text:element-of-next-year>",
    ],
)
def test_words_are_read_wherever_writer_keeps_them(block):
    assert of_writer(block).text.replace("\u00a0", " ") == "two words"


def test_writer_headings_are_numbered_and_edges_stand_once():
    outline = (
        '<office:styles><text:outline-style><text:outline-level-style text:level="1"'
        ' style:num-format="1" style:num-suffix="."/><text:outline-level-style text:level="2"'
        ' style:num-format="1" text:display-levels="2"/></text:outline-style></office:styles>'
        '<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>Head'
        "</text:p></style:header><style:footer><text:p>Foot <text:page-number>3</text:page-number>"
        '</text:p></style:footer></style:master-page><style:master-page style:name="Unused">'
        "<style:header><text:p>UNSEEN</text:p></style:header></style:master-page>"
        "</office:master-styles>"
    )
    heading = '<text:h text:outline-level="{}">{}</text:h>'
    body = "".join(heading.format(*each) for each in ((1, "a"), (2, "b"), (2, "c"), (1, "d")))
    rebuilt = of_writer(body, named=outline)
    assert rebuilt.text.splitlines() == ["Head", "1. a", "1.1 b", "1.2 c", "2. d", "Foot"]


def test_frames_of_writer_keep_what_they_show():
    clip = STYLED.format("c", "graphic", "graphic", 'fo:clip="rect(0cm, 0cm, 0cm, 2.646cm)"')
    frame = (
        '<text:p>seen <draw:frame draw:style-name="c" svg:width="3cm"><draw:image xlink:href='
        '"Pictures/{}"/>{}<svg:desc>Two fields</svg:desc></draw:frame></text:p>'
    )
    parts = {"Pictures/a.png": image(), "Pictures/a.emf": bytes(40) + b" EMF" + bytes(9)}
    better = '<draw:image xlink:href="Pictures/a.png"/>'
    rebuilt = of_writer(frame.format("a.emf", better), styles=clip, parts=parts)
    assert rebuilt.text == "seen [Two fields]"
    [shown] = pictures_in(rebuilt)
    assert shown.getcolors() == [(shown.width * shown.height, (0, 0, 255))]
    data = writer(frame.format("a.emf", ""), parts=parts)
    assert refused(data, rebuild=rebuild_odt).code == "picture-kind"
    assert refused(writer(frame.format("../../etc/passwd", "")), rebuild=rebuild_odt).code == (
        "picture-elsewhere"
    )
    objects = '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math>'
    )
    assert of_writer(objects, parts={"Object 1/content.xml": formula}).text == "x ^(2)"
    chart = "<x xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><office:chart/></x>"
    refusal = refused(writer(objects, parts={"Object 1/content.xml": chart}), rebuild=rebuild_odt)
    assert refusal.parameters == {"found": "chart"}
