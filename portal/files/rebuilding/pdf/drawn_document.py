"""A PDF of pictures of pages, with their words as text that is there and not drawn."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor
from operator import itemgetter

import pikepdf
from pikepdf import Array, Dictionary, Name

from portal.files.rebuilding.pdf.pictures import PagePicture
from portal.files.rebuilding.pdf.text import Line
from portal.files.rebuilding.text import visible

POINTS = 72  # an inch
CODES = 256  # of a font
WIDTH = 500  # of every letter, of a thousand


@dataclass(frozen=True)
class DrawnPage:
    """A page's picture, how many of its pixels make an inch, and its words in lines."""

    picture: PagePicture
    dots: float
    lines: Sequence[Line]

    @property
    def text(self) -> str:
        """Return the page's words; those parted at a line's end are whole again."""
        lines = (" ".join(word.text for word in line) for line in self.lines)
        return visible("\n".join(lines).replace("\xad\n", "").replace("\xad", "-"))


def document_of(pages: Sequence[DrawnPage]) -> bytes:
    """Return the PDF: nothing in it but these pages, the same bytes for the same pages."""
    document = pikepdf.new()
    letters = Letters(document, pages)
    for page in pages:
        picture = page.picture
        scale = POINTS / page.dots
        # A little less than its pixels: readers round up.
        width, height = (
            floor(10 * side * scale - 0.5) / 10 for side in (picture.width, picture.height)
        )
        drawing = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q\n"
        drawing += letters.write(page.lines, height, scale)
        resources = Dictionary(
            XObject=Dictionary(P=image_of(document, picture)), Font=letters.fonts
        )
        document.pages.append(
            pikepdf.Page(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([0, 0, width, height]),
                    Resources=resources,
                    Contents=document.make_stream(drawing.encode()),
                )
            )
        )
    out = io.BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def image_of(document: pikepdf.Pdf, picture: PagePicture) -> pikepdf.Object:
    colours = Name.DeviceGray if picture.is_grey else Name.DeviceRGB
    return document.make_stream(
        picture.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=picture.bits,
        Filter=Name(picture.filter),
        ColorSpace=Array([Name.Indexed, colours, len(picture.palette) // 3 - 1, picture.palette])
        if picture.palette
        else colours,
    )


class Letters:
    """
    Fonts without shapes, whose codes stand for the characters of a document.

    A font of this kind (Type 3) needs no file, and no reader looks elsewhere for one.
    """

    def __init__(self, document: pikepdf.Pdf, pages: Sequence[DrawnPage]) -> None:
        words = (word for page in pages for line in page.lines for word in line)
        used = sorted({character for word in words for character in word.text} | {" "})
        self.places = {each: divmod(number, CODES) for number, each in enumerate(used)}
        self.fonts = Dictionary()
        nothing = document.make_stream(f"{WIDTH} 0 d0".encode())
        for start in range(0, len(used), CODES):
            self.fonts[f"/F{start // CODES}"] = document.make_indirect(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type3,
                    FontBBox=Array([0, 0, WIDTH, 1000]),
                    FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
                    CharProcs=Dictionary(g=nothing),
                    Encoding=Dictionary(Differences=Array([0, *[Name.g] * CODES])),
                    FirstChar=0,
                    LastChar=CODES - 1,
                    Widths=Array([WIDTH] * CODES),
                    ToUnicode=document.make_stream(meanings(used[start : start + CODES])),
                )
            )

    def write(self, lines: Sequence[Line], height: float, scale: float) -> str:
        """Return what puts the words where they stand on a page that is `height` points high."""
        put = ["BT 3 Tr"]
        for line in lines:
            for text, (left, top, right, bottom) in line:
                size = max(1.0, (bottom - top) * scale)
                stretch = 100 * (right - left) * scale / (len(text) * size * WIDTH / 1000)
                place = f"{left * scale:.1f} {height - bottom * scale:.1f}"
                put.append(f"{stretch:.0f} Tz 1 0 0 1 {place} Tm")
                runs = groupby((self.places[each] for each in f"{text} "), key=itemgetter(0))
                for font, run in runs:
                    codes = bytes(code for _, code in run)
                    put.append(f"/F{font} {size:.1f} Tf <{codes.hex()}> Tj")
        return "\n".join([*put, "ET"])


def meanings(characters: Sequence[str]) -> bytes:
    """Return the table that tells a reader what character each code of a font is (a CMap)."""
    rows = [
        f"<{code:02x}> <{character.encode('utf-16-be').hex()}>"
        for code, character in enumerate(characters)
    ]
    tables = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CMapName /U def /CMapType 2 def",
            "1 begincodespacerange <00> <ff> endcodespacerange",
            *(
                line
                for table in tables
                for line in (f"{len(table)} beginbfchar", *table, "endbfchar")
            ),
            "endcmap end end",
        ]
    ).encode()
