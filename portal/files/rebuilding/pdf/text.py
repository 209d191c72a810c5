"""
The words of a PDF's page that can be seen on it, and where they stand.

The page is drawn again without its text. What is the same in both drawings at a character's place
shows that nobody sees it: it is invisible, of the ground's colour, covered, or off the page.
"""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

Box = tuple[float, float, float, float]
SEEN = 12  # of 255: a difference from the ground that an eye sees
FILLED = 0.85  # of a page, by its pictures
DEEPEST = 8
LINE_ENDS = (0x0A, 0x0D)
HYPHENS = (0x02, 0xAD, 0xFFFE)  # what PDFium gives for one at a line's end

# Where TeX's fonts of old, which tell no characters, have them (OT1 and T1).
LIGATURES = {
    first + place: letters
    for first in (0x0B, 0x1B)
    for place, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl"))
}


class Word(NamedTuple):
    """A word and the box around it: left, top, right, bottom in pixels of the drawing."""

    text: str
    box: Box


Line = list[Word]


def objects(holder: Any, *, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Kind and handle of everything that a page draws, through forms (pieces used as one)."""
    if depth:
        count, get = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
    else:
        count, get = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
    for number in range(count(holder)):
        found = get(holder, number)
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < DEEPEST:
                yield from objects(found, depth=depth + 1)
        else:
            yield kind, found


def shows_pictures_alone(page: pypdfium2.PdfPage) -> bool:
    """Say whether pictures fill a page and nothing is drawn beside them, as in a scan."""
    kinds = {kind for kind, _ in objects(page)} - {pdfium.FPDF_PAGEOBJ_TEXT}
    if kinds != {pdfium.FPDF_PAGEOBJ_IMAGE}:
        return False
    filled = 0.0
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        sides = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(pdfium.FPDFPage_GetObject(page, number), *sides)
        left, bottom, right, top = (side.value for side in sides)
        filled += (right - left) * (top - bottom)
    width, height = page.get_size()
    return filled >= FILLED * width * height


def visible_lines(
    page: pypdfium2.PdfPage, shown: Image.Image, draw_again: Callable[[], Image.Image]
) -> tuple[list[Line], bool]:
    """
    Return the words seen in the drawing `shown`, in lines; and whether others were there.

    Hides the page's text for `draw_again`, which draws the page as `shown` was drawn.
    """
    texts = [found for kind, found in objects(page) if kind == pdfium.FPDF_PAGEOBJ_TEXT]
    if not texts:
        return [], False
    for found in texts:
        # A mark may bring other words ("ActualText") than those that are drawn.
        for number in reversed(range(pdfium.FPDFPageObj_CountMarks(found))):
            pdfium.FPDFPageObj_RemoveMark(found, pdfium.FPDFPageObj_GetMark(found, number))
    text = pdfium.FPDFText_LoadPage(page)
    for found in texts:
        pdfium.FPDFTextObj_SetTextRenderMode(found, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    try:
        return Reader(text, to_pixels(page, shown.size), Ink(shown, draw_again())).read()
    finally:
        pdfium.FPDFText_ClosePage(text)


class Ink:
    """A difference between two drawings that an eye sees."""

    def __init__(self, shown: Image.Image, without: Image.Image) -> None:
        red, green, blue = ImageChops.difference(shown, without).split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        self.width, self.height = shown.size
        self.rows = most.point([1 if value >= SEEN else 0 for value in range(256)]).tobytes()

    def is_in(self, box: Box) -> bool:
        left, right = max(0, int(box[0])), min(self.width, int(box[2]) + 1)
        for row in range(max(0, int(box[1])), min(self.height, int(box[3]) + 1)):
            start = row * self.width
            if self.rows.find(1, start + left, start + right) >= 0:
                return True
        return False


class Reader:
    """Reads a page's characters in their order, and makes words and lines of those in ink."""

    def __init__(self, text: Any, place: Callable[[Box], Box], ink: Ink) -> None:
        self.text, self.place, self.ink = text, place, ink
        self.lines: list[Line] = [[]]
        self.word = ""
        self.boxes: list[Box] = []
        self.sides = [ctypes.c_double() for _ in range(4)]

    def read(self) -> tuple[list[Line], bool]:
        """Return the lines, and whether there are characters without ink."""
        some_hidden = False
        half = 0
        for number in range(pdfium.FPDFText_CountChars(self.text)):
            code = pdfium.FPDFText_GetUnicode(self.text, number)
            if 0xD800 <= code < 0xDC00:  # the first of two that make one character
                half = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00 if half else 0
                half = 0
            character = self.character(number, code)
            if code == 0 or not character.strip():
                self.end_word(is_last=code in LINE_ENDS)
                continue
            box = self.place(self.box_of(number))
            if self.ink.is_in(box):
                self.word += character
                self.boxes.append(box)
            else:
                some_hidden = True
        self.end_word(is_last=True)
        return self.lines[:-1], some_hidden

    def character(self, number: int, code: int) -> str:
        if code in HYPHENS:
            return "\xad"
        if code in LIGATURES and pdfium.FPDFText_HasUnicodeMapError(self.text, number):
            return LIGATURES[code]
        return chr(code) if code < 0x110000 else ""

    def end_word(self, *, is_last: bool) -> None:
        if self.word:
            lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
            box = (min(lefts), min(tops), max(rights), max(bottoms))
            self.lines[-1].append(Word(self.word, box))
        self.word, self.boxes = "", []
        if is_last and self.lines[-1]:
            self.lines.append([])

    def box_of(self, number: int) -> Box:
        """Return a character's left, bottom, right, top in the page's own units."""
        left, right, bottom, top = self.sides
        pdfium.FPDFText_GetCharBox(self.text, number, left, right, bottom, top)
        if right.value > left.value and top.value > bottom.value:
            return left.value, bottom.value, right.value, top.value
        loose = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self.text, number, loose)
        return loose.left, loose.bottom, loose.right, loose.top


def to_pixels(page: pypdfium2.PdfPage, size: tuple[int, int]) -> Callable[[Box], Box]:
    """Return what turns a box of the page into one of its drawing, however it is turned and cut."""
    finer = 32  # PDFium answers in whole pixels

    def corner(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(
            page, 0, 0, size[0] * finer, size[1] * finer, 0, x, y, across, down
        )
        return across.value / finer, down.value / finer

    (x0, y0), (x1, y1), (x2, y2) = corner(0, 0), corner(1000, 0), corner(0, 1000)
    xx, xy, yx, yy = (x1 - x0) / 1000, (x2 - x0) / 1000, (y1 - y0) / 1000, (y2 - y0) / 1000

    def place(box: Box) -> Box:
        left, bottom, right, top = box
        xa, xb = x0 + xx * left + xy * bottom, x0 + xx * right + xy * top
        ya, yb = y0 + yx * left + yy * bottom, y0 + yx * right + yy * top
        return (
            (xa, yb, xb, ya)
            if xa < xb and yb < ya
            else (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
        )

    return place
