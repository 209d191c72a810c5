"""One page's picture in as few bytes as keep it legible."""

import io
import zlib
from dataclasses import dataclass

from PIL import Image

from portal.files.rebuilding.comparison import share_of_differing_tiles

QUALITY = 75
UNSEEN = 8  # of 255: a tile's mean may differ so far
COARSE = 3  # pixels that an eye takes for one
NEARLY = 248
LEVEL = 6  # zlib's: 9 takes six times as long for one part in twelve


@dataclass(frozen=True)
class PagePicture:
    """
    A picture as a PDF holds it: `filter` and `bits` as PDF calls them.

    `palette` holds red, green and blue of each number in `data`; empty where these are shades of
    grey or colours themselves.
    """

    width: int
    height: int
    data: bytes
    filter: str
    bits: int
    is_grey: bool
    palette: bytes = b""


def encoded(image: Image.Image) -> PagePicture:
    """
    Return a page (grey or RGB) as the smallest of what looks the same.

    Print needs four shades of grey or eight colours, as letters have soft edges; photographs need
    JPEG.
    """
    fewest, *more = (2, 4) if image.mode == "L" else (3, 4, 8)
    few = with_palette(image, fewest)
    if looks_like(few, image):
        return packed(few, fewest)
    photographed = as_jpeg(image)
    for bits in more:
        drawn = with_palette(image, bits)
        if looks_like(drawn, image):
            return min(packed(drawn, bits), photographed, key=lambda each: len(each.data))
    return photographed


def with_palette(image: Image.Image, bits: int) -> Image.Image:
    return in_shades(image, bits) if image.mode == "L" else in_colours(image, 1 << bits)


def looks_like(few: Image.Image, image: Image.Image) -> bool:
    """Say whether a picture with few shades or colours is taken for the one it was made of."""
    one, other = few.convert(image.mode).reduce(COARSE), image.reduce(COARSE)
    return share_of_differing_tiles(one, other, seen=UNSEEN) < 0.002


def in_shades(image: Image.Image, bits: int) -> Image.Image:
    """Return a grey picture in so many bits a pixel, as one with a palette."""
    most = (1 << bits) - 1
    shades = image.point([round(value * most / 255) for value in range(256)])
    few = Image.frombytes("P", shades.size, shades.tobytes())
    few.putpalette([round(shade * 255 / most) for shade in range(most + 1) for _ in range(3)])
    return few


def in_colours(image: Image.Image, count: int) -> Image.Image:
    """Return a picture in RGB in no more colours than `count`; what is nearly white is white."""
    few = image.quantize(count, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette([255 if each >= NEARLY else each for each in few.getpalette("RGB") or ()])
    return few


def packed(few: Image.Image, bits: int) -> PagePicture:
    """Return a picture with a palette, as PDF's filter for drawings packs it."""
    bits = 4 if bits == 3 else bits  # PDF knows 1, 2, 4 and 8
    rows = few.tobytes("raw", f"P;{bits}") if bits < 8 else few.tobytes()
    data = zlib.compress(rows, LEVEL)
    colours = bytes(few.getpalette("RGB") or ())
    is_grey = colours[::3] == colours[1::3] == colours[2::3] and len(colours) == 3 << bits
    palette = b"" if is_grey else colours
    return PagePicture(few.width, few.height, data, "/FlateDecode", bits, is_grey, palette)


def as_jpeg(image: Image.Image) -> PagePicture:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return PagePicture(*image.size, out.getvalue(), "/DCTDecode", 8, image.mode == "L")
