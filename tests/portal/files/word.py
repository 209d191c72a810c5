"""Small Word documents and OpenDocument texts, written as Word and LibreOffice write them."""

import io
import re

from PIL import Image

from tests.portal.files.samples import ODF, WORD_MAIN, XML, R, W, packed, rels, types

NAMESPACES = (
    f' xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
    '/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name'
    ' w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn'
    ' w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn'
    ' w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/>'
    "</w:rPr></w:style>"
    '<w:style w:type="table" w:styleId="Dark"><w:name w:val="Dark"/><w:tblStylePr'
    ' w:type="firstRow">'
    '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
)


def part(name: str, body: str) -> str:
    return f"{XML}<w:{name}{NAMESPACES}>{body}</w:{name}>"


def word(
    body: str,
    *,
    styles: str = STYLES,
    parts: dict[str, str | bytes] | None = None,
    references: tuple[tuple[str, str, str], ...] = (),
) -> bytes:
    """A Word document: `parts` by name, `references` of the document as (id, kind, target)."""
    return packed(
        {
            "[Content_Types].xml": types(WORD_MAIN, "word/document.xml"),
            "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/styles.xml": part("styles", styles),
            "word/_rels/document.xml.rels": rels(("rIdS", "styles", "styles.xml"), *references),
            **(parts or {}),
        }
    )


def run(words: str, look: str = "") -> str:
    return f'<w:r w:rsidR="00A1"><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def par(*pieces: str, look: str = "") -> str:
    """A paragraph; pieces without a tag become runs."""
    runs = (piece if piece.startswith("<") else run(piece) for piece in pieces)
    return f'<w:p w14:paraId="1CA4A711"><w:pPr>{look}</w:pPr>{"".join(runs)}</w:p>'


def field(code: str, *shown: str, begin: str = "") -> str:
    """A complex field; without anything shown it has no result. `code` may hold other fields."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    start = f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r>'
    pieces = re.split("(<w:r>.*</w:r>)", code)
    inner = "".join(
        piece if piece.startswith("<") else f"<w:r><w:instrText>{piece} </w:instrText></w:r>"
        for piece in pieces
    )
    result = mark.format("separate") + "".join(map(run, shown)) if shown else ""
    return f"{start}{inner}{result}{mark.format('end')}"


def drawing(id_: str, *, inside: str = "", crop: str = "", named: str = 'name="p"') -> str:
    """A drawing as Word writes it, of a picture that `id_` refers to and of what is `inside`."""
    picture = (
        f'<pic:pic><pic:blipFill><a:blip r:embed="{id_}"/>{crop}</pic:blipFill><pic:spPr><a:xfrm>'
        '<a:ext cx="1800000" cy="1800000"/></a:xfrm></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="1800000"/><wp:docPr id="1"'
        f" {named}/><a:graphic><a:graphicData>{picture if id_ else ''}{inside}</a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def image(kind: str = "PNG", *, halves: tuple[str, str] = ("red", "blue")) -> bytes:
    """A picture whose left and right differ."""
    picture = Image.new("RGB", (200, 100), halves[0])
    picture.paste(halves[1], (100, 0, 200, 100))
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def writer(
    body: str, *, styles: str = "", named: str = "", parts: dict[str, str | bytes] | None = None
) -> bytes:
    """An OpenDocument text; `styles` are those of the text, `named` all of styles.xml."""
    names = ("office", "text", "table", "style", "script", "form")
    head = "".join(f' xmlns:{name}="{ODF}:{name}:1.0"' for name in names) + (
        f' xmlns:draw="{ODF}:drawing:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0"'
        f' xmlns:svg="{ODF}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:math="http://www.w3.org/1998/Math/'
        'MathML" xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0"'
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{XML}<office:document-content{head}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"{XML}<office:document-styles{head}>{named}</office:document-styles>",
            **(parts or {}),
        },
        stored=("mimetype",),
    )
