"""
Honest documents with everything in them that tells of people, built here, byte by byte.

Whatever must not survive holds CANARY, whatever must survives holds KEEP.
"""

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageCms, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

CANARY = "CANARY"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
MS_REL = "http://schemas.microsoft.com/office"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def packed(files: dict[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(2026, 3, 14, 15, 9, 26))
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rels(*rows: tuple[str, str, str]) -> str:
    """Relationships (id, type's last word or whole address, target; external where it has ://)."""
    body = "".join(
        f'<Relationship Id="{id_}" Target="{target}"'
        f' Type="{kind if ":" in kind else f"{R}/{kind}"}"'
        + (' TargetMode="External"/>' if "://" in target or ":\\" in target else "/>")
        for id_, kind, target in rows
    )
    return f'{XML}<Relationships xmlns="{REL}">{body}</Relationships>'


def types(main: str, part: str, *more: tuple[str, str]) -> str:
    rows = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in [(part, main), *more]
    )
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("jpeg", "image/jpeg"),
            ("png", "image/png"),
            ("bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"),
        )
    )
    return f'{XML}<Types xmlns="{TYPES}">{defaults}{rows}</Types>'


WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
CORE = (
    f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>CANARY-author'
    "</dc:creator><cp:lastModifiedBy>CANARY-editor</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-'
    'properties"><Company>CANARY-company</Company><Template>CANARY.dotm</Template></Properties>'
)
PACKAGE_RELS = (
    ("rId2", f"{REL}/metadata/core-properties", "docProps/core.xml"),
    ("rId3", "extended-properties", "docProps/app.xml"),
    ("rId4", "custom-properties", "docProps/custom.xml"),
    ("rId5", f"{REL}/metadata/thumbnail", "docProps/thumbnail.jpeg"),
)


def jpeg(size: tuple[int, int] = (64, 48), *, orientation: int = 1, profile: bool = True) -> bytes:
    """A photo with maker, place, time, remark, XMP, a named colour profile and a tail."""
    image = gradient(size)
    exif = image.getexif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "CANARY-maker", "CANARY-model", "CANARY-artist"
    exif[0x0112] = orientation
    exif[0x8298] = "CANARY-rights"
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 12.0, 9.0), 29: "CANARY-gps"})
    exif.get_ifd(0x8769).update({0x9003: "2026:03:14 15:09:26", 0xA431: "CANARY-serial"})
    out = io.BytesIO()
    image.save(
        out, "JPEG", quality=90, exif=exif, comment=b"CANARY-comment",
        xmp=b"<x:xmpmeta>CANARY-xmp</x:xmpmeta>",
        icc_profile=colour_profile() if profile else None,
    )  # fmt: skip
    data = out.getvalue()
    iptc = b"Photoshop 3.0\x008BIMCANARY-iptc"
    return (
        data[:2] + struct.pack("!BBH", 0xFF, 0xED, len(iptc) + 2) + iptc + data[2:] + b"CANARY-tail"
    )


def png(size: tuple[int, int] = (64, 48), *, orientation: int = 1) -> bytes:
    image = gradient(size)
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "CANARY-author")
    info.add_text("Software", "CANARY-software", zip=True)
    info.add_itxt("XML:com.adobe.xmp", "CANARY-xmp")
    info.add(b"tIME", struct.pack("!HBBBBB", 2026, 3, 14, 15, 9, 26))
    exif = image.getexif()
    exif[0x013B], exif[0x0112] = "CANARY-artist", orientation
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=info, exif=exif, icc_profile=colour_profile(), dpi=(144, 144))
    return out.getvalue() + b"CANARY-tail"


def gradient(size: tuple[int, int]) -> Image.Image:
    """A picture whose corners differ, so that a turned one is told from an upright one."""
    image = Image.new("RGB", size)
    image.putdata(
        [
            (x * 255 // size[0], y * 255 // size[1], 80)
            for y in range(size[1])
            for x in range(size[0])
        ]
    )
    return image


def colour_profile() -> bytes:
    """sRGB, as measured on somebody's screen: their name is in it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack_from("!I", profile, 128)
    for number in range(count):
        name, offset, size = struct.unpack_from("!4sII", profile, 132 + 12 * number)
        if name in (b"desc", b"cprt"):
            text = "CANARY".encode("utf-16-be")
            profile[offset + 28 : offset + 28 + len(text)] = text[: max(size - 28, 0)]
    return bytes(profile)


def docx(*, extra: dict[str, str | bytes] | None = None, body: str = "") -> bytes:
    """A Word document with a reviewer, a template, a photo, remarks, revisions and people."""
    document = (
        f'{XML}<w:document xmlns:w="{W}" xmlns:r="{R}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
        ' mc:Ignorable="w14"><w:body>'
        '<w:p w:rsidR="00CA4A71" w:rsidRDefault="00CA4A71" w14:paraId="1CA4A711" w14:textId="77">'
        '<w:r><w:t xml:space="preserve">KEEP text &amp; “signs” </w:t></w:r>'
        '<w:ins w:id="1" w:author="CANARY-reviewer" w:date="2026-03-14T15:09:26Z"><w:r><w:t>KEEP'
        "-inserted</w:t></w:r></w:ins>"
        '<w:del w:id="2" w:author="CANARY-reviewer" w:date="2026-03-14T15:09:26Z"><w:r><w:delText>'
        "old</w:delText></w:r></w:del>"
        '<w:commentRangeStart w:id="3"/><w:commentRangeEnd w:id="3"/>'
        '<w:r><w:commentReference w:id="3"/></w:r>'
        '<w:hyperlink r:id="rId20"><w:r><w:t>KEEP-link</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="rId21"><w:r><w:t>a local file</w:t></w:r></w:hyperlink>'
        '<w:r><w:drawing><wp:inline><wp:extent cx="609600" cy="457200"/>'
        '<wp:docPr id="4" name="CANARY.jpg" descr="C:\\Users\\CANARY\\photo.jpg"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="CANARY.jpg"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rId22"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="609600" cy="457200"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        f"</a:graphic></wp:inline></w:drawing></w:r></w:p>{body}<w:sectPr/></w:body></w:document>"
    )
    settings = (
        f'{XML}<w:settings xmlns:w="{W}" xmlns:r="{R}"'
        ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w:attachedTemplate r:id="rId1"/><w:trackRevisions/><w:docVars><w:docVar w:name="x"'
        ' w:val="CANARY-variable"/></w:docVars><w:rsids><w:rsidRoot w:val="00CA4A71"/></w:rsids>'
        '<w15:docId w15:val="{00CA4A71-0000-0000-0000-00000000CA4A}"/></w:settings>'
    )
    comments = (
        f'{XML}<w:comments xmlns:w="{W}"><w:comment w:id="3" w:author="CANARY-reviewer"'
        ' w:initials="CANARY" w:date="2026-03-14T15:09:26Z"><w:p><w:r><w:t>KEEP-remark</w:t></w:r>'
        "</w:p></w:comment></w:comments>"
    )
    people = (
        f'{XML}<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:person w15:author="CANARY-reviewer"/></w15:people>'
    )
    part = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": types(
            WORD_MAIN,
            "word/document.xml",
            ("word/settings.xml", f"{part}.settings+xml"),
            ("word/comments.xml", f"{part}.comments+xml"),
            ("word/people.xml", f"{part}.people+xml"),
        ),
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml"), *PACKAGE_RELS),
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "docProps/custom.xml": f"{XML}<Properties>CANARY-custom</Properties>",
        "docProps/thumbnail.jpeg": jpeg(),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": rels(
            ("rId10", "settings", "settings.xml"),
            ("rId11", "comments", "comments.xml"),
            ("rId12", f"{MS_REL}/2011/relationships/people", "people.xml"),
            ("rId13", "customXml", "../customXml/item1.xml"),
            ("rId14", "printerSettings", "printerSettings1.bin"),
            ("rId20", "hyperlink", "https://keep.example/KEEP-address"),
            ("rId21", "hyperlink", "file:///C:\\Users\\CANARY\\plan.docx"),
            ("rId22", "image", "media/image1.jpeg"),
        ),
        "word/settings.xml": settings,
        "word/_rels/settings.xml.rels": rels(
            ("rId1", "attachedTemplate", "file:///C:\\Users\\CANARY\\Templates\\CANARY.dotm")
        ),
        "word/comments.xml": comments,
        "word/people.xml": people,
        "word/media/image1.jpeg": jpeg(),
        "word/printerSettings1.bin": b"CANARY-printer",
        "customXml/item1.xml": f"{XML}<x>CANARY-store</x>",
        "unreferenced.xml": "<x>CANARY-lost</x>",
    }
    return packed({**files, **(extra or {})})


def xlsx(*, extra: dict[str, str | bytes] | None = None, sheet: str = "") -> bytes:
    """A workbook with its folder, a sharing user, a remark, a printer, a pivot's refresher."""
    workbook = (
        f'{XML}<workbook xmlns="{S}" xmlns:r="{R}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"'
        ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
        ' mc:Ignorable="xr">'
        '<fileVersion appName="xl" rupBuild="24729"/><fileSharing userName="CANARY-user"/>'
        '<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\CANARY\\"/>'
        "</mc:Choice></mc:AlternateContent>"
        '<xr:revisionPtr revIDLastSave="0" documentId="8_{CANARY}"/>'
        '<sheets><sheet name="KEEP-sheet" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    rows = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>KEEP-cell</t></is></c>'
        '<c r="B1"><f>1+1</f><v>2</v></c></row></sheetData>'
    )
    worksheet = (
        f'{XML}<worksheet xmlns="{S}" xmlns:r="{R}"'
        ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
        f' xr:uid="{{CANARY-0000}}">{rows}{sheet}'
        '<pageSetup orientation="portrait" r:id="rId1"/></worksheet>'
    )
    comments = (
        f'{XML}<comments xmlns="{S}"><authors><author>CANARY Jane</author></authors><commentList>'
        '<comment ref="A1" authorId="0"><text><r><t>CANARY Jane:</t></r><r><t xml:space="preserve">'
        "\nKEEP-remark</t></r></text></comment></commentList></comments>"
    )
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": types(
            SHEET_MAIN,
            "xl/workbook.xml",
            ("xl/worksheets/sheet1.xml", f"{part}.worksheet+xml"),
            ("xl/comments1.xml", f"{part}.comments+xml"),
        ),
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml"), *PACKAGE_RELS),
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "docProps/custom.xml": f"{XML}<Properties>CANARY-custom</Properties>",
        "docProps/thumbnail.jpeg": jpeg(),
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", f"{MS_REL}/2017/10/relationships/person", "persons/person.xml"),
        ),
        "xl/worksheets/sheet1.xml": worksheet,
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin"),
            ("rId2", "comments", "../comments1.xml"),
            ("rId3", "threadedComment", "../threadedComments/threadedComment1.xml"),
        ),
        "xl/comments1.xml": comments,
        "xl/persons/person.xml": '<x displayName="CANARY Jane"/>',
        "xl/threadedComments/threadedComment1.xml": "<x>CANARY-thread</x>",
        "xl/printerSettings/printerSettings1.bin": "\\\\CANARY\\printer".encode("utf-16-le"),
    }
    return packed({**files, **(extra or {})})


ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT_NAMESPACES = " ".join(
    f'xmlns:{name}="{ODF}:{whole or name}:1.0"'
    for name, whole in (
        ("office", ""), ("text", ""), ("meta", ""), ("config", ""), ("draw", "drawing"),
        ("script", ""), ("style", ""),
    )
) + (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:officeooo="http://openoffice.org/2009/office"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)  # fmt: skip


def odt(
    *, extra: dict[str, str | bytes] | None = None, body: str = "", manifest: str = ""
) -> bytes:
    """An OpenDocument text with its author, revisions, a remark, a photo and a printer."""
    who = "<dc:creator>CANARY-reviewer</dc:creator><dc:date>2026-03-14T15:09:26</dc:date>"
    content = (
        f'{XML}<office:document-content {ODT_NAMESPACES} office:version="1.3">'
        '<office:automatic-styles><style:style style:name="P1" style:family="paragraph">'
        '<style:text-properties officeooo:rsid="00ca4a71" officeooo:paragraph-rsid="00ca4a71"/>'
        "</style:style></office:automatic-styles><office:body><office:text>"
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:insertion>'
        f"<office:change-info>{who}</office:change-info></text:insertion></text:changed-region>"
        '</text:tracked-changes><text:p text:style-name="P1">KEEP text &amp; signs '
        '<text:change-start text:change-id="ct1"/>KEEP-inserted<text:change-end'
        f' text:change-id="ct1"/><office:annotation>{who}<meta:creator-initials>CANARY'
        "</meta:creator-initials><text:p>KEEP-remark</text:p></office:annotation>"
        '<text:a xlink:type="simple" xlink:href="https://keep.example/KEEP-address">KEEP-link'
        '</text:a><text:a xlink:type="simple" xlink:href="file:///home/CANARY/a.odt">x</text:a>'
        '<draw:frame draw:name="one" svg:width="2cm" svg:height="2cm">'
        '<draw:image xlink:type="simple" xlink:href="Pictures/one.jpg"/></draw:frame>'
        f"</text:p>{body}</office:text></office:body></office:document-content>"
    )
    settings = (
        f'{XML}<office:document-settings {ODT_NAMESPACES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:configuration-settings">'
        '<config:config-item config:name="PrinterName" config:type="string">CANARY-printer'
        '</config:config-item><config:config-item config:name="Rsid" config:type="int">13257329'
        '</config:config-item><config:config-item config:name="KEEP" config:type="boolean">true'
        "</config:config-item></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )
    meta = (
        f'{XML}<office:document-meta {ODT_NAMESPACES} office:version="1.3"><office:meta>'
        "<meta:initial-creator>CANARY-author</meta:initial-creator></office:meta>"
        "</office:document-meta>"
    )
    listed = {
        "content.xml": "text/xml", "styles.xml": "text/xml", "meta.xml": "text/xml",
        "settings.xml": "text/xml", "Thumbnails/thumbnail.png": "image/png",
        "Pictures/one.jpg": "image/jpeg",
    }  # fmt: skip
    whole = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in {"/": "application/vnd.oasis.opendocument.text", **listed}.items()
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": f'{XML}<office:document-styles {ODT_NAMESPACES} office:version="1.3"/>',
        "meta.xml": meta,
        "settings.xml": settings,
        "Thumbnails/thumbnail.png": png(),
        "Pictures/one.jpg": jpeg(),
        "Configurations2/accelerator/current.xml": "",
        "META-INF/manifest.xml": f'{XML}<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"'
        f' manifest:version="1.3">{whole}{manifest}</manifest:manifest>',
    }
    return packed({**files, **(extra or {})}, stored=("mimetype",))


def simple_pdf(*, pages: int = 1, text: str = "KEEP text") -> PdfWriter:
    """A writer with pages that say `text`."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    for _ in range(pages):
        page = writer.add_blank_page(300, 200)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 18 Tf 20 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return writer


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf() -> bytes:
    """A PDF with an earlier version, an author, XMP, a photo, a remark, a signature and paths."""
    writer = simple_pdf()
    writer.add_metadata({"/Author": "CANARY-author", "/Producer": "CANARY-producer"})
    writer.generate_file_identifiers()
    page = writer.pages[0]
    page[NameObject("/Thumb")] = writer._add_object(stream(b"CANARY-thumb"))
    page[NameObject("/PieceInfo")] = DictionaryObject(
        {NameObject("/App"): DictionaryObject({NameObject("/Private"): words("CANARY-private")})}
    )
    page[NameObject("/LastModified")] = words("D:20260314CANARY")
    photo = stream(jpeg(profile=False), Filter=NameObject("/DCTDecode"))
    for key, value in {"/Width": 64, "/Height": 48, "/BitsPerComponent": 8}.items():
        photo[NameObject(key)] = NumberObject(value)
    photo[NameObject("/Type")] = NameObject("/XObject")
    photo[NameObject("/Subtype")] = NameObject("/Image")
    photo[NameObject("/ColorSpace")] = ArrayObject(
        [
            NameObject("/ICCBased"),
            writer._add_object(
                stream(
                    zlib.compress(colour_profile()),
                    Filter=NameObject("/FlateDecode"),
                    N=NumberObject(3),
                )
            ),
        ]
    )
    photo[NameObject("/Metadata")] = writer._add_object(stream(b"CANARY-photo-xmp"))
    page["/Resources"][NameObject("/XObject")] = DictionaryObject(
        {NameObject("/Im1"): writer._add_object(photo)}
    )
    page[NameObject("/Annots")] = ArrayObject(
        writer._add_object(annotation)
        for annotation in (
            note("/Text", T=words("CANARY-reviewer"), Contents=words("KEEP-remark")),
            note("/Link", A=action("/URI", URI=words("https://keep.example/KEEP-address"))),
            note("/Link", A=action("/URI", URI=words("file:///C:/Users/CANARY/a.pdf"))),
            note("/Link", A=action("/GoToR", F=words("/home/CANARY/b.pdf"))),
            note(
                "/Widget",
                T=words("KEEP-field"),
                FT=NameObject("/Sig"),
                V=DictionaryObject(
                    {
                        NameObject("/Type"): NameObject("/Sig"),
                        NameObject("/Name"): words("CANARY-signer"),
                        NameObject("/ByteRange"): ArrayObject([NumberObject(0)] * 4),
                    }
                ),
            ),
        )
    )
    xmp = stream(b"<x:xmpmeta>CANARY-xmp</x:xmpmeta>")
    xmp[NameObject("/Type")] = NameObject("/Metadata")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    return with_later_version(written(writer))


def with_later_version(data: bytes) -> bytes:
    """The document saved once more on top: what the first version said is still in the file."""
    first = data.replace(b"(KEEP text)", b"(CANARYold)")
    assert len(first) == len(data)
    writer = PdfWriter(PdfReader(io.BytesIO(first)), incremental=True)
    contents = writer.pages[0]["/Contents"].get_object()
    contents.set_data(contents.get_data().replace(b"(CANARYold)", b"(KEEP text)"))
    return written(writer)


def words(text: str) -> TextStringObject:
    return TextStringObject(text)


def stream(data: bytes, **keys: object) -> StreamObject:
    made = StreamObject()
    made._data = data
    for key, value in keys.items():
        made[NameObject(f"/{key}")] = value  # type: ignore[assignment]
    return made


def action(kind: str, **keys: object) -> DictionaryObject:
    return dictionary({"/Type": NameObject("/Action"), "/S": NameObject(kind)}, keys)


def note(subtype: str, **keys: object) -> DictionaryObject:
    return dictionary(
        {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject(subtype),
            "/Rect": ArrayObject(FloatObject(side) for side in (10, 10, 60, 40)),
            "/M": words("D:20260314150926CANARY"),
            "/NM": words("CANARY-name"),
        },
        keys,
    )


def dictionary(base: dict, keys: dict) -> DictionaryObject:
    whole = {**base, **{f"/{key}": value for key, value in keys.items()}}
    return DictionaryObject({NameObject(key): value for key, value in whole.items()})


def everything_in(data: bytes) -> Iterator[bytes]:
    """A file's bytes, and everything that is packed in it: where a canary is looked for."""
    yield data
    if data.startswith(b"PK"):
        for name, content in unpacked(data).items():
            yield name.encode()
            yield from everything_in(content)
    elif b"%PDF" in data[:1024]:
        yield from everything_in_pdf(data)
    elif data.startswith(b"\x89PNG"):
        place = 8
        while place + 8 <= len(data):
            length, kind = struct.unpack_from("!I4s", data, place)
            body = data[place + 8 : place + 8 + length]
            if kind in (b"zTXt", b"iCCP"):
                yield zlib.decompressobj().decompress(body.partition(b"\0")[2][1:])
            if kind == b"iTXt" and body.partition(b"\0")[2][:1] == b"\1":
                yield zlib.decompressobj().decompress(body.split(b"\0", 4)[-1])
            place += 12 + length


def everything_in_pdf(data: bytes) -> Iterator[bytes]:
    """Names, keys and texts of every object, streams as they are and unpacked, and the words."""
    with pikepdf.open(io.BytesIO(data)) as document:
        waiting: list[Any] = [document.trailer, *document.objects]
        while waiting:
            item = waiting.pop()
            if isinstance(item, pikepdf.Name | pikepdf.String):
                yield bytes(item)
            elif isinstance(item, pikepdf.Array):
                waiting += list(item)
            elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                if isinstance(item, pikepdf.Stream):
                    yield item.read_raw_bytes()
                    with contextlib.suppress(pikepdf.PdfError):
                        yield from everything_in(item.read_bytes())
                for key, value in item.items():
                    yield key.encode()
                    if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                        waiting.append(value)
    with pypdfium2.PdfDocument(data) as shown:
        for page in shown:
            yield page.get_textpage().get_text_bounded().encode()


def tells(data: bytes, word: str = CANARY) -> bool:
    """Whether a word is anywhere in a file, in any of the encodings that these formats use."""
    forms = [word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(form in piece for piece in everything_in(data) for form in forms)
