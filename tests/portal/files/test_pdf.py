"""A PDF's pages are drawn: what is seen stays, as a picture and as words; nothing else does."""

import io
import re
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from portal.files.limits import Limits
from portal.files.rebuilding.comparison import require_alike, share_of_differing_tiles
from portal.files.rebuilding.pdf.document import picture_of, rebuild_pdf
from portal.files.rebuilding.result import Rebuilt, Refused
from tests.portal.files.inert import require_inert
from tests.portal.files.test_producers import SAMPLES

FONT = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"


def rebuilt(data: bytes, *, keep_colour: bool = False, **limits: int) -> Rebuilt:
    made = rebuild_pdf(data, Limits(**limits), keep_colour=keep_colour)
    require_inert(made)
    return made


def drawn(*contents: str, page: str = "", size: tuple[int, int] = (300, 200)) -> bytes:
    """A PDF whose pages draw this; `page` are more keys of each page."""
    document = pikepdf.new()
    font = document.make_indirect(pikepdf.Object.parse(FONT.encode()))
    for content in contents:
        document.add_blank_page(page_size=size)
        found = document.pages[-1].obj
        found.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        found.Contents = document.make_stream(content.encode())
        for key, value in pikepdf.Object.parse(f"<<{page}>>".encode()).items():
            found[key] = value
    return saved(document)


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def scanned(*pages: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=100, **options)
    return out.getvalue()


def shown(data: bytes, number: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        return picture_of(document[number], 150).reduce(3)


def line(text: str, *, y: int = 100, colour: str = "0 g", mode: int = 0, x: int = 20) -> str:
    return f"BT {mode} Tr {colour} /F1 14 Tf {x} {y} Td ({text}) Tj ET "


@pytest.mark.parametrize(
    "name",
    ["latex.pdf", "matplotlib.pdf", "chromium.pdf", "libreoffice-writer.pdf", "weasyprint.pdf"],
)
def test_pages_look_the_same(name):
    before = (SAMPLES / name).read_bytes()
    after = rebuilt(before).data
    with pypdfium2.PdfDocument(before) as one, pypdfium2.PdfDocument(after) as other:
        assert len(one) == len(other)
    assert share_of_differing_tiles(shown(before), shown(after)) < 0.01


@pytest.mark.parametrize(
    "hidden",
    [
        line("HIDDEN", y=60, mode=3),
        line("HIDDEN", y=60, colour="1 g"),
        line("HIDDEN", y=60, colour="0.99 g"),
        line("HIDDEN", y=60) + "0 g 10 50 200 40 re f",
        line("HIDDEN", y=60) + "0.5 0.2 0.9 rg 10 50 200 40 re f",
        "0 g 10 50 200 40 re f " + line("HIDDEN", y=60),
        line("HIDDEN", y=-60),
        line("HIDDEN", x=600),
        "q 0 0 10 10 re W n " + line("HIDDEN", y=60) + "Q",
        "BT /F1 0.001 Tf 20 60 Td (HIDDEN) Tj ET",
    ],
    ids=[
        "invisible", "white", "nearly white", "covered", "covered in colour", "black on black",
        "below the page", "beside it", "clipped", "without size",
    ],
)  # fmt: skip
def test_words_that_cannot_be_seen_are_not_read(hidden):
    made = rebuilt(drawn(line("seen") + hidden))
    assert made.text == "seen"


def test_that_words_were_hidden_is_said():
    assert "hidden-words" in rebuilt(drawn(line("seen") + line("HIDDEN", mode=3))).notes
    assert "hidden-words" not in rebuilt(drawn(line("seen"))).notes


def test_of_words_half_covered_the_other_half_is_read():
    """A name under a black bar, in one piece with what stands before it."""
    made = rebuilt(drawn(line("Name: Jane Doe") + "0 g 65 90 200 30 re f"))
    assert made.text == "Name:"


def test_words_outside_the_crop_box_are_not_read():
    made = rebuilt(drawn(line("seen", y=40) + line("HIDDEN", y=150), page="/CropBox [0 0 300 100]"))
    assert made.text == "seen"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_of_a_turned_page_are_read(turn):
    made = rebuilt(drawn(line("one two") + line("three", y=40), page=f"/Rotate {turn}"))
    assert sorted(made.text.split()) == ["one", "three", "two"]


def test_white_words_on_a_dark_ground_are_read():
    assert (
        rebuilt(drawn("0 0 0.4 rg 0 0 300 200 re f " + line("seen", colour="1 g"))).text == "seen"
    )


def test_words_parted_at_a_lines_end_are_whole():
    made = rebuilt((SAMPLES / "latex.pdf").read_bytes())
    assert "\xad" not in made.text


def test_the_words_of_what_is_drawn_are_read_and_not_those_that_a_mark_puts_for_them():
    tagged = "/Span <</ActualText (HIDDEN)>> BDC " + line("seen") + "EMC"
    assert rebuilt(drawn(tagged)).text == "seen"


def test_words_can_be_found_where_they_stand():
    made = rebuilt(drawn(line("upper", y=150) + line("lower left", y=20) + line("right", x=220)))
    with pypdfium2.PdfDocument(made.data) as document:
        text = document[0].get_textpage()
        assert text.get_text_bounded().split() == ["upper", "lower", "left", "right"]
        assert text.get_text_bounded(left=200, bottom=80, right=300, top=130).strip() == "right"
        assert text.get_text_bounded(left=0, bottom=0, right=150, top=60).strip() == "lower left"


def test_letters_of_every_script_are_kept():
    made = rebuilt((SAMPLES / "chromium.pdf").read_bytes())
    with pypdfium2.PdfDocument(made.data) as document:
        again = document[0].get_textpage().get_text_bounded()
    for word in ("licence", "États", "сообщают", "señalan"):
        assert word in made.text
        assert word in again


def test_pages_are_parted_by_form_feeds():
    assert rebuilt(drawn(line("one"), line("two"), line("three"))).text == "one\ftwo\fthree"


def test_what_is_written_in_a_field_is_drawn_and_read():
    document = pikepdf.open(io.BytesIO(drawn(line("Name:", y=150))))
    field = document.make_indirect(
        pikepdf.Object.parse(
            b"<</Type /Annot /Subtype /Widget /FT /Tx /T (n) /V (Exampleland) /F 4"
            b" /Rect [20 80 200 110] /DA (/F1 14 Tf 0 g)>>"
        )
    )
    document.pages[0].obj.Annots = pikepdf.Array([field])
    fonts = pikepdf.Dictionary(F1=document.pages[0].obj.Resources.Font.F1)
    document.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([field]), NeedAppearances=True, DR=pikepdf.Dictionary(Font=fonts)
    )
    before = saved(document)
    made = rebuilt(before)
    assert made.text.split() == ["Name:", "Exampleland"]
    assert share_of_differing_tiles(shown(before), shown(made.data)) < 0.01


def test_a_page_without_colour_is_grey_and_one_with_some_is_not():
    made = rebuilt(drawn(line("black"), line("blue", colour="0 0 1 rg")))
    with pikepdf.open(io.BytesIO(made.data)) as document:
        spaces = [page.Resources.XObject.P.ColorSpace for page in document.pages]
    assert spaces[0] == pikepdf.Name.DeviceGray
    assert spaces[1][1] == pikepdf.Name.DeviceRGB


def sheet(colour: str = "navy") -> Image.Image:
    image = Image.new("RGB", (827, 1169), (246, 243, 236))
    draw = ImageDraw.Draw(image)
    for row in range(100, 1000, 30):
        draw.line([(80, row), (700, row + 1)], colour, 4)
    draw.point([(x, y) for x in range(5, 827, 31) for y in range(3, 1169, 37)], (246, 246, 120))
    return image


def test_a_scan_becomes_grey_and_clean():
    made = rebuilt(scanned(sheet()))
    assert set(made.notes) == {"drawn", "scan", "made-grey"}
    after = shown(made.data)
    assert after.crop((0, 0, 413, 40)).getextrema() == ((255, 255),) * 3
    assert made.text == ""


def test_a_scan_keeps_its_colours_where_that_is_asked_for():
    made = rebuilt(scanned(sheet("red")), keep_colour=True)
    assert set(made.notes) == {"drawn", "scan"}
    assert share_of_differing_tiles(shown(scanned(sheet("red"))), shown(made.data)) < 0.01


def test_words_that_a_scanner_guessed_are_not_read():
    document = pikepdf.open(io.BytesIO(scanned(sheet())))
    page = document.pages[0]
    page.obj.Resources.Font = pikepdf.Dictionary(F1=pikepdf.Object.parse(FONT.encode()))
    page.contents_add(document.make_stream(line("GUESSED", mode=3, y=300).encode()))
    made = rebuilt(saved(document))
    assert made.text == ""
    assert set(made.notes) == {"drawn", "scan", "made-grey", "hidden-words"}


def test_a_document_with_a_scan_among_its_pages_says_so():
    document = pikepdf.open(io.BytesIO(scanned(sheet())))
    other = pikepdf.open(io.BytesIO(drawn(line("words"))))
    document.add_pages_from(other)
    made = rebuilt(saved(document))
    assert "some-scans" in made.notes
    assert made.text == "\fwords"


def test_a_picture_with_words_beside_it_keeps_its_colours():
    document = pikepdf.open(io.BytesIO(scanned(sheet("red"))))
    page = document.pages[0]
    page.obj.Resources.Font = pikepdf.Dictionary(F1=pikepdf.Object.parse(FONT.encode()))
    page.contents_add(document.make_stream(line("A figure", y=20).encode()))
    assert "made-grey" not in rebuilt(saved(document)).notes


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"encryption": pikepdf.Encryption(owner="o", user="u")}, "encrypted"),
        ({"encryption": pikepdf.Encryption(owner="o", user="")}, None),
    ],
    ids=["opens with a password", "opens without one"],
)
def test_only_what_opens_with_a_password_is_refused(options, code):
    data = saved(pikepdf.open(io.BytesIO(drawn(line("seen")))), **options)
    if code is None:
        assert rebuilt(data).text == "seen"
        return
    with pytest.raises(Refused) as caught:
        rebuilt(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\r\n\r\n" + data,
        lambda data: data.replace(b"%%EOF", b""),
        lambda data: data[: data.rfind(b"xref") - 5],
        lambda data: data + b"\0" * 3000,
        lambda data: re.sub(rb"startxref\s+\d+", b"startxref\n7", data),
    ],
    ids=["a byte-order mark", "blank lines", "no end", "no table", "noise behind", "a wrong place"],
)
def test_small_damage_does_no_harm(damage: Callable[[bytes], bytes]):
    assert rebuilt(damage(drawn(line("seen")))).text == "seen"


@pytest.mark.parametrize(
    ("limits", "code"),
    [({"pdf_pages": 2}, "pdf-pages"), ({"rebuilt_bytes": 900}, "rebuilt-too-large")],
)
def test_limits(limits, code):
    with pytest.raises(Refused) as caught:
        rebuilt(drawn(*[line("words")] * 3), **limits)
    assert caught.value.code == code


def test_a_large_page_is_drawn_with_fewer_dots():
    made = rebuilt(drawn(line("seen"), size=(2400, 3400)), page_pixels=1_000_000)
    with pikepdf.open(io.BytesIO(made.data)) as document:
        picture = document.pages[0].Resources.XObject.P
        assert picture.Width * picture.Height < 1_010_000
        assert abs(float(document.pages[0].MediaBox[2]) - 2400) < 3


def test_a_copy_that_looks_otherwise_is_refused(monkeypatch):
    blank = Image.new("RGB", (625, 417), "white")
    monkeypatch.setattr(
        "portal.files.rebuilding.pdf.document.encoded", lambda image: as_jpeg(blank)
    )
    with pytest.raises(Refused) as caught:
        rebuilt(drawn("0 g 50 50 200 100 re f"))
    assert caught.value.code == "not-alike"


def as_jpeg(image: Image.Image) -> object:
    from portal.files.rebuilding.pdf.pictures import as_jpeg

    return as_jpeg(image)


def test_one_tile_in_a_hundred_may_differ():
    white = Image.new("L", (800, 800), "white")
    other = white.copy()
    other.paste(0, (0, 0, 80, 64))  # 80 tiles of 10,000
    require_alike(white, other)
    other.paste(0, (0, 0, 80, 104))
    with pytest.raises(Refused):
        require_alike(white, other)
