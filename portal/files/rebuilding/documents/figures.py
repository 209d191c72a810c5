"""The pictures of a document: cut to what is shown of them, and encoded anew."""

import re
import struct
from dataclasses import dataclass
from html import escape

import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from portal.files.limits import Limits
from portal.files.rebuilding import pictures
from portal.files.rebuilding.comparison import small
from portal.files.rebuilding.pdf import paper
from portal.files.rebuilding.result import Refused

Sides = tuple[float, float, float, float]  # left, top, right, bottom
WIDEST = 17.0  # centimetres, between the margins
DENSITY = 220 / 2.54  # pixels a centimetre that are kept: print shows no more
SCREEN = 96  # pixels an inch, where a picture does not tell
# What programs of office draw and we cannot, by its first bytes (of EMF the name stands later).
UNDRAWN = {
    b"\xd7\xcd\xc6\x9a": "WMF", b"\1\0\x09\0": "WMF", b"VCLMTF": "SVM", b"<svg": "SVG",
    b"<?xml": "SVG", b"II\xbc": "JPEG XR",
}  # fmt: skip
NAME = re.compile(r"\\|://|/\S*/|\.\w{3,4}$")  # of a file, with its folders or without


@dataclass(frozen=True)
class Frame:
    """
    A document's way of showing a picture.

    `cut` are the shares (0 to 1) left out at each side, `clip` the same in centimetres; `turn`
    degrees clockwise; `width` centimetres, 0 where nothing tells. `words` describe it.
    """

    cut: Sides = (0, 0, 0, 0)
    clip: Sides = (0, 0, 0, 0)
    turn: float = 0
    width: float = 0
    words: str = ""


class Figures:
    """The pictures of one document, encoded, by names of our own."""

    def __init__(self, limits: Limits, *, keep_colour: bool) -> None:
        self.limits = limits
        self.keep_colour = keep_colour
        self.encoded: dict[str, bytes] = {}
        self.has_paper = False

    def add(self, data: bytes, frame: Frame) -> str:
        """Keep a picture; the HTML for it. Raises Refused where it cannot be drawn."""
        number = len(self.encoded) + 1
        shown, density = self.drawn(data, number)
        shown = framed(shown, frame, density)
        width = min(frame.width or shown.width / density, WIDEST)
        shown.thumbnail((round(width * DENSITY) + 1, self.limits.picture_side))
        is_photo = data.startswith(b"\xff\xd8")
        self.encoded[str(number)] = pictures.encoded(shown, is_lossless=not is_photo)[1]
        words = "" if NAME.search(frame.words) else " ".join(frame.words.split())[:500]
        return (
            f'<img src="figure:{number}" alt="{escape(words or f"Picture {number}")}"'
            f' width="{max(1, round(width / 2.54 * SCREEN))}">'
        )

    def drawn(self, data: bytes, number: int) -> tuple[Image.Image, float]:
        """Return a picture's pixels, in RGB or grey, and how many of them it has a centimetre."""
        kinds = (kind for start, kind in UNDRAWN.items() if data.startswith(start))
        if kind := "EMF" if data[40:44] == b" EMF" else next(kinds, ""):
            raise Refused("picture-kind", number=number, format=kind)
        try:
            if data.startswith(b"%PDF-"):
                return first_page(data), DENSITY
            with pictures.opened(data) as image:
                size = image.width
                density = whole(image.info.get("dpi", (SCREEN,))[0]) or SCREEN
                shown = pictures.seen(image, self.limits)
        except UnidentifiedImageError:
            raise Refused("picture-kind", number=number, format="?") from None
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error):
            raise Refused("picture-damaged", number=number) from None
        if not self.keep_colour and shown.mode == "RGB" and paper.is_paper(small(shown)):
            self.has_paper = True
            shown = paper.cleaned(shown)
        return shown, density / 2.54 * shown.width / size


def first_page(data: bytes) -> Image.Image:
    """Return the first page of a PDF that is a document's picture, as Macs make them."""
    try:
        page = pdfium.PdfDocument(data)[0]
        scale = min(DENSITY * 2.54 / 72, 2_560 / max(page.get_size()))
        return page.render(scale=scale).to_pil().convert("RGB")
    except (pdfium.PdfiumError, ZeroDivisionError):
        raise ValueError from None


def framed(image: Image.Image, frame: Frame, density: float) -> Image.Image:
    """Show a picture as a frame does. A cut below nothing (white beside it) cuts nothing."""
    sizes = (image.width, image.height) * 2
    left, top, right, bottom = (
        min(max(round(share * size + clip * density), 0), size - 1)
        for share, clip, size in zip(frame.cut, frame.clip, sizes, strict=True)
    )
    box = (left, top, max(image.width - right, left + 1), max(image.height - bottom, top + 1))
    image = image.crop(box)
    if round(frame.turn) % 360:
        white = "white" if image.mode == "RGB" else 255
        image = image.rotate(-frame.turn, expand=True, fillcolor=white)
    return image


def whole(text: object) -> float:
    """Return a number that a stranger wrote; 0 for what is none, or is beyond all measure."""
    try:
        number = float(str(text))
    except ValueError:
        return 0
    return number if abs(number) < 1e9 else 0
