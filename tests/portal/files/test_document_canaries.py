"""
A canary in each place that DOCX and ODT have besides what is shown: none comes through.

The places are those of the formats themselves (ECMA-376 and OpenDocument, part by part), not those
that are known to have told something.
"""

import io
import re
import socket
import zipfile
from pathlib import Path

import pikepdf
import pytest

from portal.files.limits import Limits
from portal.files.rebuilding.documents.docx.document import rebuild_docx
from portal.files.rebuilding.documents.odt.document import rebuild_odt
from portal.pdf import pango
from tests.portal.files.samples import jpeg, packed, rels, tells, unpacked
from tests.portal.files.word import drawing, field, par, part, run, word, writer

pytestmark = pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")
KEPT = Path(__file__).parent / "documents"
CANARY = "CANARY"
# Parts of a Word package that nothing shown stands in; most are named by a reference.
UNREAD = (
    *("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "docProps/thumbnail.jpeg"),
    *("word/comments.xml", "word/commentsExtended.xml", "word/people.xml", "word/webSettings.xml"),
    *("word/glossary/document.xml", "word/fontTable.xml", "word/fonts/font1.odttf"),
    *("word/theme/theme1.xml", "word/vbaProject.bin", "word/embeddings/oleObject1.bin"),
    *("customXml/item1.xml", "customXml/itemProps1.xml", "word/bibliography.xml"),
    *("word/stylesWithEffects.xml", "word/mailMerge.xml", "word/printerSettings1.bin"),
    *("_xmlsignatures/sig1.xml", "userCustomization/customUI.xml", "word/documenttasks1.xml"),
    *("docMetadata/LabelInfo.xml", "word/attachedToolbars.bin", "word/ink/ink1.xml", "lost.xml"),
)
SETTINGS = part(
    "settings",
    '<w:attachedTemplate r:id="rId1"/><w:docVars><w:docVar w:name="CANARY" w:val="CANARY"/>'
    '</w:docVars><w:rsids><w:rsidRoot w:val="CANARY"/></w:rsids><w:writeProtection'
    ' w:hash="CANARY"/>'
    '<w:mailMerge><w:query w:val="CANARY"/></w:mailMerge><w:saveThroughXslt w:solutionID="CANARY"/>'
    '<w:captions><w:caption w:name="CANARY"/></w:captions><w:attachedSchema w:val="CANARY"/>',
)
PIECES = (
    '<w:bookmarkStart w:id="1" w:name="CANARY"/><w:bookmarkEnd w:id="1"/>',
    '<w:del w:author="CANARY" w:date="CANARY"><w:r><w:delText>CANARY</w:delText></w:r></w:del>',
    f'<w:ins w:author="CANARY" w:date="CANARY">{run("shown ")}</w:ins>',
    f'<w:moveFrom w:author="CANARY">{run("CANARY")}</w:moveFrom>',
    '<w:commentRangeStart w:id="CANARY"/><w:r><w:commentReference w:id="CANARY"/></w:r>',
    '<w:permStart w:id="1" w:edGrp="CANARY" w:ed="CANARY"/><w:proofErr w:type="CANARY"/>',
    field('INCLUDEPICTURE "http://127.0.0.1:9/CANARY" \\d', "shown "),
    field('INCLUDETEXT "\\\\CANARY\\share\\a.docx"', "shown "),
    field('HYPERLINK "file:///C:/CANARY" \\o "CANARY" \\l "CANARY"', "shown "),
    field("DOCVARIABLE CANARY", "shown "),
    field("FORMTEXT", "shown ", begin='<w:ffData><w:name w:val="CANARY"/><w:helpText'
          ' w:val="CANARY"/><w:statusText w:val="CANARY"/><w:entryMacro w:val="CANARY"/>'
          '</w:ffData>'),
    '<w:r><w:fldChar w:fldCharType="begin"><w:fldData>CANARY</w:fldData></w:fldChar>'
    '<w:fldChar w:fldCharType="end"/></w:r>',
    f'<w:hyperlink r:id="rIdL" w:tooltip="CANARY" w:anchor="CANARY">{run("shown ")}</w:hyperlink>',
    '<w:sdt><w:sdtPr><w:alias w:val="CANARY"/><w:tag w:val="CANARY"/><w:dataBinding'
    ' w:xpath="CANARY"'
    '/><w:dropDownList><w:listItem w:displayText="CANARY" w:value="CANARY"/></w:dropDownList>'
    f'</w:sdtPr><w:sdtContent>{run("shown ")}</w:sdtContent></w:sdt>',
    f'<w:customXml w:uri="CANARY" w:element="CANARY"><w:customXmlPr><w:attr w:val="CANARY"/>'
    f'</w:customXmlPr>{run("shown ")}</w:customXml>',
    run("CANARY", "<w:vanish/>"),
    run("shown ", '<w:rFonts w:ascii="CANARY"/><w:lang w:val="CANARY"/>'
        '<w:rPrChange w:author="CANARY">'
        '<w:rPr><w:rStyle w:val="CANARY"/></w:rPr></w:rPrChange>'),
    drawing("rIdI", named='name="CANARY" title="CANARY" descr="C:\\CANARY\\a.jpg"',
            inside='<a:hlinkClick r:id="rIdL" tooltip="CANARY"/>'),
    '<w:r><w:pict><v:shape id="CANARY" alt="C:\\CANARY.jpg" href="http://127.0.0.1:9/CANARY"'
    ' style="width:50pt"><v:imagedata r:id="rIdI" o:title="CANARY"'
    ' o:href="CANARY"/></v:shape></w:pict>'
    "</w:r>",
    '<w:r><w:object w:dxaOrig="1"><v:shape><v:imagedata r:id="rIdI"/></v:shape><o:OLEObject'
    ' Type="Embed" ProgID="CANARY" r:id="rIdO"/></w:object></w:r>',
    "<!-- CANARY --><?CANARY CANARY?>",
)  # fmt: skip


def everywhere(data: bytes) -> bytes:
    """An archive with canaries as an attribute of each element, as remarks and instructions."""
    out = {}
    for name, content in unpacked(data).items():
        if name.endswith(".xml") and name != "[Content_Types].xml":
            start = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
            inner = re.sub(
                rb"<([A-Za-z][\w.:-]*)(?=[\s/>])", rb'<\1 canary="CANARY"', content[start:]
            )
            inner = re.sub(rb' (w:rsid\w*|w14:\w+|w:author|w:date|xml:id)="[^"]*"', rb"", inner)
            content = content[:start] + b"<!-- CANARY -->" + inner + b"<?CANARY CANARY?>"
        out[name] = content
    return packed(out, stored=("mimetype",))


def full_word() -> bytes:
    parts: dict[str, str | bytes] = {
        name: f"<CANARY>{name} CANARY</CANARY>"
        if name.endswith("xml")
        else b"CANARY" + name.encode()
        for name in UNREAD
    }
    references = tuple(
        (f"rIdU{at}", f"CANARY{at}", f"/{name}") for at, name in enumerate(UNREAD) if "/" in name
    )
    return everywhere(
        word(
            "".join(par("shown ", piece) for piece in PIECES),
            parts={
                **parts,
                "word/settings.xml": SETTINGS,
                "word/_rels/settings.xml.rels": rels(
                    ("rId1", "attachedTemplate", "file://CANARY/share/CANARY.dotm")
                ),
                "word/media/a.jpeg": jpeg(),
            },
            references=(
                *references,
                ("rIdT", "settings", "settings.xml"),
                ("rIdI", "image", "media/a.jpeg"),
                ("rIdL", "hyperlink", "file:///C:/CANARY"),
                ("rIdO", "oleObject", "embeddings/oleObject1.bin"),
                ("rIdX", "frame", "http://127.0.0.1:9/CANARY"),
            ),
        )
    )


def full_text() -> bytes:
    who = "<dc:creator>CANARY</dc:creator><dc:date>2026-03-14T15:09:26</dc:date>"
    unread = (
        *("meta.xml", "settings.xml", "Thumbnails/thumbnail.png", "manifest.rdf"),
        *("Configurations2/accelerator/current.xml", "Basic/Standard/Module1.xml"),
        *(
            "Scripts/python/a.py",
            "META-INF/documentsignatures.xml",
            "layout-cache",
            "ObjectReplacements/x",
        ),
        *("Object 2/content.xml", "Fonts/a.ttf", "Dialogs/x.xml"),
    )
    body = (
        f"<text:tracked-changes><text:changed-region text:id='CANARY'><text:deletion>"
        f"<office:change-info>{who}</office:change-info><text:p>CANARY</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:variable-decls><text:variable-decl text:name="CANARY"/></text:variable-decls>'
        '<text:user-field-decls><text:user-field-decl text:name="CANARY"'
        ' office:string-value="CANARY"/>'
        "</text:user-field-decls><office:forms><form:form xlink:href='CANARY'/></office:forms>"
        '<text:section text:name="CANARY"><text:section-source xlink:href="http://127.0.0.1:9/CANARY"/>'
        '<text:p text:style-name="CANARY">shown</text:p></text:section>'
        '<text:p><text:bookmark text:name="CANARY"/>shown<text:user-field-get text:name="CANARY">'
        f" shown</text:user-field-get><office:annotation office:name='CANARY'>{who}"
        "<text:p>CANARY</text:p></office:annotation><text:span text:style-name='CANARY'>shown"
        '</text:span><text:a xlink:href="file:///CANARY" office:title="CANARY">shown</text:a>'
        '<text:script script:language="CANARY">CANARY</text:script>'
        '<text:execute-macro text:name="CANARY">shown</text:execute-macro>'
        '<text:database-display text:table-name="CANARY">shown</text:database-display>'
        '<text:hidden-text text:string-value="CANARY"'
        ' text:condition="CANARY">CANARY</text:hidden-text>'
        '<text:toc-mark text:string-value="CANARY"/><text:meta xhtml="CANARY">shown</text:meta>'
        '<draw:frame draw:name="CANARY" svg:width="2cm"><draw:image xlink:href="Pictures/a.jpg"/>'
        "<svg:title>CANARY.jpg</svg:title><svg:desc>C:\\CANARY\\a.jpg</svg:desc></draw:frame></text:p>"
        '<table:table table:name="CANARY"><table:title>CANARY</table:title><table:desc>CANARY'
        '</table:desc><table:table-row><table:table-cell table:formula="CANARY"'
        " office:string-value="
        '"CANARY"><text:p>shown</text:p></table:table-cell></table:table-row></table:table>'
    )
    styles = (
        '<style:style style:name="CANARY" style:family="paragraph"><style:text-properties'
        ' fo:language="ru" fo:font-family="CANARY"/></style:style>'
    )
    named = (
        '<office:master-styles><style:master-page style:name="CANARY"><style:header><text:p>CANARY'
        "</text:p></style:header></style:master-page></office:master-styles>"
    )
    parts: dict[str, str | bytes] = dict.fromkeys(unread, "<CANARY>CANARY</CANARY>")
    return everywhere(
        writer(body, styles=styles, named=named, parts={**parts, "Pictures/a.jpg": jpeg()})
    )


def every_byte(pdf: bytes) -> list[bytes]:
    """A PDF's bytes, and those of each of its objects and streams unpacked."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pieces = [pdf]
        for each in opened.objects:
            pieces.append(each.unparse(resolved=True))
            if isinstance(each, pikepdf.Stream):
                pieces.append(each.read_raw_bytes())
                if "/DCTDecode" not in str(each.get("/Filter")):
                    pieces.append(each.read_bytes())
        return pieces


@pytest.mark.parametrize(
    ("data", "rebuild"),
    [(full_word(), rebuild_docx), (full_text(), rebuild_odt)],
    ids=["docx", "odt"],
)
def test_no_canary_comes_through(data, rebuild, monkeypatch):
    def forbidden(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    rebuilt = rebuild(data, Limits())
    assert tells(data)
    for form in (CANARY.encode(), CANARY.encode("utf-16-be"), CANARY.encode("utf-16-le")):
        assert not [piece for piece in every_byte(rebuilt.data) if form in piece]
    assert CANARY not in rebuilt.text
    assert re.sub(r"shown|Picture|\W|\d", "", rebuilt.text) == ""


@pytest.mark.parametrize("name", ["changes", "pictures", "report", "fields"])
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_an_attribute_of_any_element_changes_nothing(name, kind):
    rebuild = rebuild_docx if kind == "docx" else rebuild_odt
    data = (KEPT / f"{name}.{kind}").read_bytes()
    before, after = rebuild(data, Limits()), rebuild(everywhere(data), Limits())
    assert after.text == before.text
    assert not [piece for piece in every_byte(after.data) if CANARY.encode() in piece]


def test_nothing_that_is_made_leads_anywhere():
    """Neither links, nor actions, nor files of others: nothing for a reader to open by itself."""
    for path in sorted(KEPT.glob("*.docx")):
        with pikepdf.open(io.BytesIO(rebuild_docx(path.read_bytes(), Limits()).data)) as pdf:
            for each in pdf.objects:
                keys = (
                    set(each.keys())
                    if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream))
                    else set()
                )
                assert not keys & {
                    "/URI",
                    "/OpenAction",
                    "/AA",
                    "/JS",
                    "/F",
                    "/EmbeddedFiles",
                    "/Launch",
                }


def test_the_samples_hold_their_canaries():
    for data in (full_word(), full_text()):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert sum(CANARY.encode() in archive.read(name) for name in archive.namelist()) > 15
