"""In whatever place of a format a name stands: it goes, or the editor is told of it."""

import io
import posixpath
import re
import zipfile

import pikepdf
import pytest
from lxml import etree
from PIL import Image, ImageCms, PngImagePlugin

from portal.files.editorial.dispatch import prepare
from portal.files.editorial.result import Report
from portal.files.limits import Limits
from tests.portal.files.editorial import places
from tests.portal.files.editorial.samples import part, repacked, sample, unpacked

CANARY = re.compile(rb"Canary-\d+")


def prepared(data, extension):
    report = Report()
    return prepare(data, extension, report, Limits()), report


def untold(data, report):
    """The canaries that are in a file without the editor being told of them."""
    told = " ".join(text for _, text in report.left).encode()
    return set(CANARY.findall(unpacked(data))) - set(CANARY.findall(told))


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx"])
class TestOfficePackages:
    def test_a_name_goes_or_is_told(self, extension):
        before = places.package(extension)
        assert len(set(CANARY.findall(unpacked(before)))) > 15
        data, report = prepared(before, extension)
        assert untold(data, report) == set()
        assert b"2031-07-08" not in unpacked(data)
        assert b"CAAACA" not in unpacked(data)

    def test_all_that_is_referred_to_is_there_and_the_other_way_round(self, extension):
        data, _ = prepared(places.package(extension), extension)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            for rels in [name for name in names if name.endswith(".rels")]:
                folder, base = posixpath.split(rels)
                part = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
                assert part in names or rels == "_rels/.rels"
                ids = set()
                for each in etree.fromstring(archive.read(rels)):
                    ids.add(each.get("Id"))
                    target = posixpath.join("/", posixpath.dirname(part), each.get("Target"))
                    inside = posixpath.normpath(target).lstrip("/") in names
                    assert inside or each.get("TargetMode") == "External"
                if part in names:
                    used = re.findall(rb'r:id="(\w+)"', archive.read(part))
                    assert {each.decode() for each in used} <= ids
            types = archive.read("[Content_Types].xml").decode()
            assert set(re.findall(r'PartName="/([^"]+)"', types)) <= names


def test_of_word_what_makes_a_form_stays():
    data, _ = prepared(places.package("docx"), "docx")
    assert b'w:edit="forms"' in unpacked(data)
    assert b"<w:sdt>" in unpacked(data)


def test_of_many_texts_of_a_kind_the_rest_is_told_of_too():
    with pikepdf.open(io.BytesIO(sample("template.pdf"))) as pdf:
        for number in range(150):
            pdf.pages[0].Annots.append(
                pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Link,
                        Rect=[0, 0, 9, 9],
                        A=pikepdf.Dictionary(
                            S=pikepdf.Name.URI, URI=pikepdf.String(f"https://x.example/{number}")
                        ),
                    )
                )
            )
        out = io.BytesIO()
        pdf.save(out)
    _, report = prepared(out.getvalue(), "pdf")
    links = [text for code, text in report.left if code == "links"]
    assert len(links) == 101
    assert links[-1] == "…"
    assert ("comments", "A remark for readers") in report.left


def test_words_that_follow_what_is_taken_out_stay():
    listener = (
        b'<office:event-listeners xmlns:s="urn:s"><s:event-listener/></office:event-listeners>'
    )
    content = part(sample("template.odt"), "content.xml")
    content = content.replace(b">the annex<", b">" + listener + b"the annex<")
    data, report = prepared(repacked(sample("template.odt"), {"content.xml": content}), "odt")
    assert "scripts" in report.removed
    assert b"event-listener" not in part(data, "content.xml")
    assert b">the annex<" in part(data, "content.xml")


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx"])
def test_a_second_time_changes_and_finds_nothing_new(extension):
    once, first = prepared(places.package(extension), extension)
    _, second = prepared(once, extension)
    assert not second.removed
    assert sorted(second.left) == sorted(first.left)


def test_of_excel_formulas_and_page_setup_stay():
    text = unpacked(prepared(places.package("xlsx"), "xlsx")[0])
    assert b"<f>SUM(1,2)</f>" in text
    assert b'<pageSetup orientation="portrait"/>' in text


KEYS = (
    *("/Author", "/PieceInfo", "/LastModified", "/PTEX.FileName", "/AAPL:Keywords", "/OPI"),
    *("/Private", "/Anything", "/Metadata", "/SpiderInfo", "/JS"),
)


def test_of_a_pdf_a_name_under_any_key_of_any_dictionary_goes_or_is_told():
    with pikepdf.open(io.BytesIO(sample("template.pdf"))) as pdf:
        number = 0
        for each in list(pdf.objects):
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream) and number < 150:
                key = KEYS[number % len(KEYS)]
                each[key] = pikepdf.String(f"Canary-{number}")
                number += 1
        out = io.BytesIO()
        pdf.save(out)
    assert len(set(CANARY.findall(unpacked(out.getvalue())))) > 60
    data, report = prepared(out.getvalue(), "pdf")
    assert untold(data, report) == set()


def with_action(action):
    with pikepdf.open(io.BytesIO(sample("template.pdf"))) as pdf:
        pdf.Root.OpenAction = action
        pdf.Root.AcroForm.Fields[0].AA = pikepdf.Dictionary(F=action)
        pdf.pages[0].Annots[0].A = action
        pdf.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("x"), action]))
        )
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


@pytest.mark.parametrize(
    "action",
    [
        {"/S": "/JavaScript", "/JS": "app.alert(1)"},
        {"/S": "/Launch", "/F": "telling.exe"},
        {"/S": "/GoToR", "/F": "\\\\telling.example\\share\\x.pdf"},
        {"/S": "/GoToE", "/F": "telling"},
        {"/S": "/ImportData", "/F": "telling.fdf"},
    ],
)
def test_what_a_pdf_would_do_by_itself_is_taken_out(action):
    made = pikepdf.Dictionary(
        {
            key: pikepdf.Name(value) if key == "/S" else pikepdf.String(value)
            for key, value in action.items()
        }
    )
    data, report = prepared(with_action(made), "pdf")
    assert "scripts" in report.removed
    text = unpacked(data)
    assert b"telling" not in text
    assert action["/S"].encode() not in text
    assert b"end-user" in text, "the form is there"


def test_where_a_form_would_be_sent_is_told():
    action = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=pikepdf.String("mailto:a@b.example"))
    with pikepdf.open(io.BytesIO(sample("template.pdf"))) as pdf:
        pdf.pages[0].Annots[0].A = action
        out = io.BytesIO()
        pdf.save(out)
    _, report = prepared(out.getvalue(), "pdf")
    assert ("elsewhere", "mailto:a@b.example") in report.left


def picture(kind, frames=1):
    exif = Image.Exif()
    exif[0x013B] = "Canary-1"
    exif.get_ifd(0x8825)[29] = "Canary-2"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    how = {"exif": exif, "icc_profile": profile + b"Canary-3"}
    if kind == "png":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "Canary-4")
        text.add_itxt("XML:com.adobe.xmp", "Canary-5")
        how["pnginfo"] = text
    elif kind == "gif":
        how = {"comment": b"Canary-4", "xmp": b"Canary-5"}
    else:
        how["xmp"] = b"Canary-5"
    if kind == "jpeg":
        how["comment"] = b"Canary-4"
    first, *others = [Image.new("RGB", (40, 30), (9 * n, 40, 200)) for n in range(frames)]
    if others:
        how.update(save_all=True, append_images=others, duration=80)
    out = io.BytesIO()
    first.save(out, kind.upper(), **how)
    return out.getvalue() + b"Canary-6"


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_of_a_picture_only_pixels_stay(kind):
    data = picture(kind)
    assert len(set(CANARY.findall(data))) >= 2
    clean, report = prepared(data, kind)
    assert not CANARY.search(clean)
    assert "camera" in report.removed
    with Image.open(io.BytesIO(clean)) as shown:
        red, _, blue = shown.convert("RGB").getpixel((20, 15))
        assert blue > 150 > red


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_what_moves_goes_on_moving(kind):
    clean, _ = prepared(picture(kind, frames=3), kind)
    with Image.open(io.BytesIO(clean)) as shown:
        assert shown.n_frames == 3
        shown.load()
        assert shown.info["duration"] == 80


def test_a_picture_inside_a_document_is_rid_of_its_camera_and_not_turned():
    data, report = prepared(sample("template.docx"), "docx")
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        Image.open(io.BytesIO(archive.read("word/media/image1.jpeg"))) as shown,
    ):
        assert shown.size == (48, 32), "it fits the place that the document gives it"
        assert not shown.getexif()
    assert "camera" in report.removed
