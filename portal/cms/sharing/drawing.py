"""
The card of a page: what it is, its title, and one fact, as a picture of 1200 × 630 pixels.

A day, and never how many are left: those who show a card keep it for weeks.
"""

from functools import cache, lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
PAPER, INK, PETROL, MUTED, DEADLINE = "#fbfaf7", "#14213d", "#1d4e6b", "#515b70", "#a8432b"
# Of fonts that Linux, macOS and Windows have, the first that has every letter of a text.
HEADINGS = ("DejaVuSerif-Bold", "NotoSerif-Bold", "Georgia Bold", "georgiab", "DejaVuSans-Bold")
TEXTS = ("DejaVuSans", "NotoSans-Regular", "Arial", "arial")
TITLE_SIZES, MOST_LINES, SMALL = (72, 62, 54, 46), 4, 32


class SharingCard(NamedTuple):
    """Texts of a card: the site's name, what the page is, its title, one fact ("" for none)."""

    site: str
    kind: str
    title: str
    fact: str
    is_open: bool = False


@lru_cache(maxsize=1_024)
def can_draw(text: str) -> bool:
    """Say whether a font is here that has every letter of a text."""
    return _font(HEADINGS, text, SMALL) is not None


# As many as a portal has pages: whoever asks for one after another has each drawn once.
@lru_cache(maxsize=1_024)
def draw(card: SharingCard, is_rtl: bool = False) -> bytes:
    """Return the card as PNG; a title that is too long for it ends in "…"."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    edge = WIDTH - MARGIN if is_rtl else MARGIN
    end: dict[str, Any] = {
        "anchor": "rs" if is_rtl else "ls",
        "direction": "rtl" if is_rtl else "ltr",
    }
    _mark(pen, edge - 64 if is_rtl else edge)
    beside = edge + (-88 if is_rtl else 88)
    pen.text((beside, MARGIN + 46), card.site, INK, _named(HEADINGS, card.site, 38), **end)
    pen.line((MARGIN, 168, WIDTH - MARGIN, 168), INK, 3)
    pen.text((edge, 226), card.kind, PETROL, _named(TEXTS, card.kind, SMALL), **end)
    font, lines = _fitted(card.title)
    for number, line in enumerate(lines):
        foot = 236 + round((number + 1) * font.size * 1.18)
        pen.text((edge, foot), line, INK, font, **end)
    colour = DEADLINE if card.is_open else MUTED
    pen.text((edge, HEIGHT - 56), card.fact, colour, _named(TEXTS, card.fact, SMALL), **end)
    kept = BytesIO()
    picture.quantize(32).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _mark(pen: ImageDraw.ImageDraw, left: int) -> None:
    top, unit = MARGIN, 64 / 48
    pen.rounded_rectangle((left, top, left + 64, top + 64), 5, INK)
    for start, height, length in ((11, 13, 26), (11, 23, 26), (15, 37, 22)):
        line = (left + start * unit, top + height * unit, left + (start + length) * unit)
        pen.line((*line, top + height * unit), PAPER, 5)
    pen.line((left + 15 * unit, top + 31 * unit, left + 15 * unit, top + 38.5 * unit), PAPER, 5)


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Break a title into lines of the largest size in which it fits."""
    for size in TITLE_SIZES:
        font = _named(HEADINGS, title, size)
        lines = _broken(title, font)
        if len(lines) * size * 1.18 <= 300 and len(lines) <= MOST_LINES:
            return font, lines
    kept = lines[:MOST_LINES]
    while font.getlength(f"{kept[-1]} …") > WIDTH - 2 * MARGIN:
        kept[-1] = kept[-1][:-1]
    return font, [*kept[:-1], f"{kept[-1]} …"]


def _broken(title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break a title between words, and where one alone is wider than the card, inside it."""
    lines: list[str] = []
    for word in title.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= WIDTH - 2 * MARGIN:
            lines[-1] += f" {word}"
            continue
        while font.getlength(word) > WIDTH - 2 * MARGIN:
            fits = next(n for n in range(len(word), 0, -1) if _is_short(word[:n], font))
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines or [""]


def _is_short(text: str, font: ImageFont.FreeTypeFont) -> bool:
    return font.getlength(text) <= WIDTH - 2 * MARGIN


def _named(names: tuple[str, ...], text: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font that has every letter, or else the first that is here."""
    found = _font(names, text, size) or _font(HEADINGS + TEXTS, text, size)
    found = found or _font(names + HEADINGS, "", size)
    assert found is not None, "drawn where `can_draw` says that it can be"
    return found


def _font(names: tuple[str, ...], text: str, size: int) -> ImageFont.FreeTypeFont | None:
    for name in names:
        font = _loaded(name, size)
        if font is not None and not _lacks(font, text):
            return font
    return None


@cache
def _loaded(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(f"{name}.ttf", size)
    except OSError:
        return None


def _lacks(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Say whether a letter would be the box that a font draws for what it has not."""
    box = bytes(font.getmask("\U0010ffff"))
    return any(bytes(font.getmask(letter)) == box for letter in set(text) if not letter.isspace())
