"""The pictures of documents: what is shown of them is drawn anew, what cannot be drawn is named."""

import io

import pytest
from PIL import Image

from portal.files.limits import Limits
from portal.files.rebuilding.documents.docx.document import rebuild_docx
from portal.pdf import pango
from tests.portal.files.rebuilt import of_word, pictures_in, refused
from tests.portal.files.word import drawing, image, par, word

pytestmark = pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")


def pictured(data: bytes, name: str = "a.png", **more: str) -> bytes:
    return word(
        par("seen ", drawing("rIdI", **more)),
        parts={f"word/media/{name}": data},
        references=(("rIdI", "image", f"media/{name}"),),
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_pictures_of_every_kind_are_drawn(kind):
    rebuilt = rebuild_docx(pictured(image(kind)), Limits())
    assert rebuilt.text == "seen [Picture 1]"
    [shown] = pictures_in(rebuilt)
    assert shown.convert("RGB").getpixel((5, 5))[0] > 200


def test_a_picture_of_a_mac_is_drawn():
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "red").save(out, "PDF")
    [shown] = pictures_in(rebuild_docx(pictured(out.getvalue(), "a.pdf"), Limits()))
    assert shown.getpixel((20, 20)) == (254, 0, 0) or shown.getpixel((20, 20))[0] > 240


def test_what_was_cut_off_a_picture_is_gone():
    rebuilt = rebuild_docx(pictured(image(), crop='<a:srcRect l="50000"/>'), Limits())
    [shown] = pictures_in(rebuilt)
    assert shown.getcolors() == [(shown.width * shown.height, (0, 0, 255))]
    vml = (
        '<w:r><w:pict><v:shape style="width:50pt"><v:imagedata r:id="rIdI"'
        ' cropleft="32768f"/></v:shape></w:pict></w:r>'
    )
    rebuilt = of_word(
        par(vml), parts={"word/a.png": image()}, references=(("rIdI", "image", "a.png"),)
    )
    [shown] = pictures_in(rebuilt)
    assert shown.getcolors() == [(shown.width * shown.height, (0, 0, 255))]


def test_a_description_is_kept_but_not_the_name_of_a_file():
    described = rebuild_docx(pictured(image(), named='descr="Two fields"'), Limits())
    assert "[Two fields]" in described.text
    for name in ("C:\\Users\\CANARY\\a.png", "https://x.example/CANARY", "CANARY.jpeg"):
        named = rebuild_docx(pictured(image(), named=f'descr="{name}"'), Limits())
        assert "[Picture 1]" in named.text


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60), "EMF"),
        (b"\xd7\xcd\xc6\x9a" + bytes(60), "WMF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"a new kind of picture", "?"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_named(data, format):
    refusal = refused(pictured(data))
    assert (refusal.code, refusal.parameters) == ("picture-kind", {"number": 1, "format": format})
    assert refused(pictured(image()[:200])).code == "picture-damaged"


def test_a_picture_from_elsewhere_is_not_fetched():
    external = (("rIdI", "image", "http://127.0.0.1:9/CANARY.png"),)
    assert refused(word(par(drawing("rIdI")), references=external)).code == "picture-elsewhere"


@pytest.mark.parametrize(
    ("inside", "found"),
    [('<c:chart r:id="rId1"/>', "chart"), ("<dgm:relIds xmlns:dgm='http://schemas."
     "openxmlformats.org/drawingml/2006/diagram'/>", "diagram")],
)  # fmt: skip
def test_charts_and_diagrams_are_refused_by_name(inside, found):
    assert refused(word(par(drawing("", inside=inside)))).parameters == {"found": found}


def test_a_page_that_was_put_in_is_refused_with_the_way_out():
    assert refused(word('<w:altChunk r:id="rId5"/>')).code == "inserted"
