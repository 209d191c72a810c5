"""What tells of people, places, machines and times goes; what the document says stays."""

import io
import struct
import zipfile
import zlib
from itertools import product

import openpyxl
import pytest
from PIL import Image, ImageChops, ImageCms
from pypdf import PdfReader

from portal.files.cleaning import turning
from portal.files.cleaning.colour import plain_profile
from portal.files.cleaning.file import clean
from portal.files.kinds import KINDS
from portal.files.limits import Limits
from portal.files.messages import REMOVED
from tests.portal.files import samples
from tests.portal.files.samples import everything_in, tells

MAKERS = {
    "pdf": samples.pdf,
    "xlsx": samples.xlsx,
    "jpeg": samples.jpeg,
    "png": samples.png,
}
# Where the canaries sit before; each is found there, so that their absence means something.
TOLD = {
    "pdf": "author producer thumb private reviewer signer xmp photo-xmp gps comment serial old",
    "xlsx": "author editor company custom user thread 0000 gps",
    "jpeg": "maker model artist rights gps serial comment xmp iptc tail",
    "png": "author software xmp artist tail",
}
KEPT = {
    "pdf": "text remark address field",
    "xlsx": "cell sheet remark",
    "jpeg": "",
    "png": "",
}


def cleaned(data: bytes, extension: str = "") -> tuple[bytes, set[str]]:
    _, clean_data, removed = clean(
        data, extension=extension, kinds=frozenset(KINDS), limits=Limits()
    )
    return clean_data, removed


@pytest.mark.parametrize(
    ("kind", "what"), [(kind, what) for kind, told in TOLD.items() for what in told.split()]
)
def test_the_sample_tells(kind, what):
    separator = "" if what == "old" else "-"  # in place of a text of the same length
    assert tells(MAKERS[kind](), f"CANARY{separator}{what}")


@pytest.mark.parametrize("kind", MAKERS)
def test_nothing_of_it_is_left(kind):
    data, removed = cleaned(MAKERS[kind]())
    assert not tells(data)
    assert removed
    assert removed <= set(REMOVED)


@pytest.mark.parametrize(
    ("kind", "what"), [(kind, what) for kind, kept in KEPT.items() for what in kept.split()]
)
def test_the_content_stays(kind, what):
    data, _ = cleaned(MAKERS[kind]())
    assert tells(data, f"KEEP-{what}") or tells(data, f"KEEP {what}")


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_clean_stays_as_it_is(kind):
    once, _ = cleaned(MAKERS[kind]())
    again, removed = cleaned(once)
    assert len(again) <= len(once)  # pypdf counts objects anew
    assert not removed


@pytest.mark.parametrize("kind", ["xlsx"])
def test_archives_tell_no_times(kind):
    data, _ = cleaned(MAKERS[kind]())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}
    assert not tells(data, "2026-03-14")


def test_a_workbook_opens_with_its_cells():
    book = openpyxl.load_workbook(io.BytesIO(cleaned(samples.xlsx())[0]))
    sheet = book["KEEP-sheet"]
    assert sheet["A1"].value == "KEEP-cell"
    assert sheet["B1"].value == "=1+1"
    assert "KEEP-remark" in sheet["A1"].comment.text
    assert sheet["A1"].comment.author == "Author"
    assert book.properties.creator in (None, "openpyxl")  # what openpyxl says of nothing
    assert sheet.page_setup.orientation == "portrait"


def test_a_workbook_of_another_program_opens():
    book = openpyxl.Workbook()
    for row in range(300):
        book.active.append([row, row / 4, f"text {row} <&>", None, row % 2 == 0])
    book.properties.creator = "CANARY"
    out = io.BytesIO()
    book.save(out)
    data, _ = cleaned(out.getvalue())
    again = openpyxl.load_workbook(io.BytesIO(data)).active
    assert list(again.values) == list(book.active.values)
    assert not tells(data)


def test_a_pdf_has_one_version_and_no_trace():
    data, removed = cleaned(samples.pdf())
    reader = PdfReader(io.BytesIO(data))
    assert reader.pages[0].extract_text() == "KEEP text"
    assert reader.metadata is None
    assert reader.xmp_metadata is None
    assert "/ID" not in reader.trailer
    assert data.count(b"%%EOF") == 1
    assert b"pypdf" not in data
    annotations = [note.get_object() for note in reader.pages[0]["/Annots"]]
    assert [note.get("/T") for note in annotations] == [None, None, None, None, "KEEP-field"]
    assert [bool(note.get("/A")) for note in annotations] == [False, True, False, False, False]
    assert "history" in removed
    assert "signatures" in removed


def test_a_pdf_shows_the_same_picture():
    def picture(data: bytes) -> Image.Image:
        return PdfReader(io.BytesIO(data)).pages[0].images[0].image

    before = samples.pdf()
    assert same(picture(before), picture(cleaned(before)[0]))


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_pixels_are_not_touched(kind):
    before = MAKERS[kind]()
    assert same(opened(before), opened(cleaned(before)[0]))


@pytest.mark.parametrize(("kind", "orientation"), product(["jpeg", "png"], range(1, 9)))
def test_a_picture_stands_as_it_stood(kind, orientation):
    before = MAKERS[kind]((64, 48), orientation=orientation)
    after, removed = cleaned(before)
    assert opened(after).getexif() == {}
    assert opened(after).size == ((64, 48) if orientation < 5 else (48, 64))
    expected = opened(before)
    if orientation > 1:
        expected = expected.transpose(turning.METHODS[orientation])
        assert "orientation" in removed
    difference = ImageChops.difference(expected.convert("RGB"), opened(after).convert("RGB"))
    assert max(high for _, high in difference.getextrema()) < 40  # a JPEG is encoded again


def test_a_large_picture_keeps_which_way_is_up_and_nothing_else(monkeypatch):
    monkeypatch.setattr("portal.files.cleaning.jpeg.TURNED_PIXELS", 100)
    monkeypatch.setattr("portal.files.cleaning.png.TURNED_PIXELS", 100)
    for maker in (samples.jpeg, samples.png):
        before = maker(orientation=6)
        after, _ = cleaned(before)
        assert dict(opened(after).getexif()) == {turning.ORIENTATION: 6}
        assert same(opened(before), opened(after))
        assert not tells(after)


def test_a_colour_profile_keeps_its_colours_and_loses_its_name():
    measured = samples.colour_profile()
    plain = plain_profile(measured)
    srgb = ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(plain)), srgb, "RGB", "RGB"
    )
    picture = samples.gradient((16, 16))
    converted = ImageCms.applyTransform(picture, transform)
    assert max(high for _, high in ImageChops.difference(picture, converted).getextrema()) <= 2
    assert "CANARY" not in ImageCms.getProfileDescription(io.BytesIO(plain))
    assert plain_profile(plain) == plain
    assert plain_profile(b"no profile") == b""


def test_a_text_bomb_in_a_picture_is_dropped_unread():
    packed = b"Comment\0\0" + zlib.compress(bytes(50_000_000))
    data = samples.png()
    place = 33
    chunk = struct.pack("!I", len(packed)) + b"zTXt" + packed
    chunk += struct.pack("!I", zlib.crc32(b"zTXt" + packed))
    after, _ = cleaned(data[:place] + chunk + data[place:])
    assert len(after) < 10_000


def test_text_stays_byte_for_byte():
    words = "Genève, القاهرة, 北京\r\n\ttab\n".encode()
    assert cleaned(words) == (words, set())
    table = b"\xef\xbb\xbfa;b\n-5;+1,5\n- item;=\n"
    assert cleaned(table, "csv") == (table, set())


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and one.convert("RGB").tobytes() == other.convert("RGB").tobytes()


def test_canaries_are_looked_for_in_everything():
    assert len(list(everything_in(samples.docx()))) > 10
