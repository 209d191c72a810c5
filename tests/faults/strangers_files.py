# ruff: noqa: E501 (XML as it is, in lines of its own length)
"""Files that name who made them wherever such files can, each with one sentence to be read."""

import io
import zipfile

import pikepdf
from PIL import Image, ImageDraw

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xmp(word: str) -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator><rdf:Seq><rdf:li>{word}</rdf:li></rdf:Seq></dc:creator>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def jpeg(exif: str, packet: str, comment: str) -> bytes:
    picture = Image.new("RGB", (320, 120), "white")
    ImageDraw.Draw(picture).text((20, 40), "A stamped page", fill="black")
    tags = Image.Exif()
    for number in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298, 0x9C9D):
        tags[number] = exif.encode("utf-16-le") if number == 0x9C9D else exif
    inner = tags.get_ifd(0x8769)
    inner[0xA431] = inner[0xA430] = exif
    inner[0x9286] = b"ASCII\0\0\0" + exif.encode()
    tags.get_ifd(0x8825)[0x001B] = exif.encode()
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=tags, xmp=xmp(packet), comment=comment.encode())
    return out.getvalue() + comment.encode()


def pdf(info: str, packet: str, attached: str, words: str) -> bytes:
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(400, 200))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                  BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(f"BT /F1 14 Tf 20 100 Td ({words}) Tj ET".encode())
        for key in ("/Author", "/Producer", "/Creator", "/Title", "/Subject", "/Keywords", "/Own"):
            made.docinfo[key] = f"{info}"
        made.Root.Metadata = made.make_stream(
            xmp(packet), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        made.attachments[f"{attached}.txt"] = attached.encode() * 3
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def docx(core: str, custom: str, comment: str, words: str) -> bytes:
    kinds = "application/vnd.openxmlformats-officedocument"
    part = f"{kinds}.wordprocessingml"
    body = (
        f'<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>{words}</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        f'<w:p><w:ins w:id="1" w:author="{comment}" w:date="2026-11-01T01:02:03Z">'
        "<w:r><w:t>A second line.</w:t></w:r></w:ins></w:p>"
    )
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{part}.document.main+xml"/>'
        f'<Override PartName="/word/comments.xml" ContentType="{part}.comments+xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{kinds}.extended-properties+xml"/>'
        f'<Override PartName="/docProps/custom.xml" ContentType="{kinds}.custom-properties+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="r3" Type="{RELS}/extended-properties" Target="docProps/app.xml"/>'
        f'<Relationship Id="r4" Type="{RELS}/custom-properties" Target="docProps/custom.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELS}/comments" Target="comments.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/comments.xml": f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author="{comment}" '
        f'w:initials="{comment}"><w:p><w:r><w:t>{comment}</w:t></w:r></w:p></w:comment></w:comments>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{core}</dc:creator><dc:title>{core}</dc:title>"
        f"<cp:lastModifiedBy>{core}</cp:lastModifiedBy></cp:coreProperties>",
        "docProps/app.xml": f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Template>{custom}.dotm</Template><Manager>{custom}</Manager><Company>{custom}</Company></Properties>",
        "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{custom}">'
        f"<vt:lpwstr>{custom}</vt:lpwstr></property></Properties>",
    })  # fmt: skip


def odt(meta: str, words: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    names = (
        f'xmlns:office="{office}office:1.0" xmlns:text="{office}text:1.0" '
        f'xmlns:meta="{office}meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    kind = "application/vnd.oasis.opendocument.text"
    return packed({
        "mimetype": kind,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{office}manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        "content.xml": f'<office:document-content {names} office:version="1.2"><office:body><office:text>'
        f"<text:p>{words}</text:p></office:text></office:body></office:document-content>",
        "meta.xml": f'<office:document-meta {names} office:version="1.2"><office:meta>'
        f"<meta:initial-creator>{meta}</meta:initial-creator><dc:creator>{meta}</dc:creator>"
        f'<meta:generator>{meta}</meta:generator><meta:user-defined meta:name="{meta}">{meta}</meta:user-defined>'
        "</office:meta></office:document-meta>",
    })  # fmt: skip


def packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, how)
    return out.getvalue()
