"""
Telling a picture of paper from other pictures, and cleaning it.

Colour printers put a pattern of faint yellow dots on every page that tells the printer and the
minute. Without the blue channel yellow is white, and a ground made white keeps no faint marks.
"""

from PIL import Image, ImageChops, ImageFilter

TINGED = 24  # of 255: how far channels lie apart where an eye sees a colour,
PALE = 60  # how far on paper, under yellow light too,
COLOURED = 96  # and how far where somebody drew in colour
FAINT = 28  # of 255 below the ground beside it: dirt, shadow, what shines through
WRITTEN = 48
SQUARE = 16  # pixels of a side of the squares in which the ground is looked for


def has_colour(image: Image.Image) -> bool:
    """Say whether a picture (RGB) has any colour that an eye would call one."""
    red, green, blue = image.split()
    apart = [ImageChops.difference(red, green), ImageChops.difference(green, blue)]
    return any(sum(each.histogram()[TINGED:]) for each in apart)


def has_pale_ground(small: Image.Image) -> bool:
    """Say whether most of a picture (RGB, some hundred pixels wide) is even, pale ground."""
    pixels = small.width * small.height
    ink = ink_of(grey(small), square=4).histogram()
    return sum(channels_apart(small)[:PALE]) >= 0.8 * pixels and sum(ink[:FAINT]) >= 0.7 * pixels


def is_paper(small: Image.Image) -> bool:
    """
    Say whether a picture (RGB, some hundred pixels wide) is of a sheet with words on it.

    Words are darker than the ground around them. A drawn chart is none: its ground is one exact
    colour, and there is colour on it.
    """
    pixels = small.width * small.height
    is_drawn = max(small.convert("L").histogram()) > 0.5 * pixels
    if is_drawn and sum(channels_apart(small)[COLOURED:]) > 0.002 * pixels:
        return False
    ink = ink_of(grey(small), square=4).histogram()
    return sum(ink[WRITTEN:]) > 0.01 * pixels and has_pale_ground(small)


def channels_apart(image: Image.Image) -> list[int]:
    """Count the points (of RGB) that have channels so far apart: 0 to 255."""
    red, green, blue = image.split()
    highest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    lowest = ImageChops.darker(ImageChops.darker(red, green), blue)
    return ImageChops.subtract(highest, lowest).histogram()


def grey(image: Image.Image) -> Image.Image:
    """Return a picture (RGB) in shades of grey, to which yellow is white and blue is dark."""
    return image.convert("L", (0.45, 0.55, 0, 0))


def cleaned(image: Image.Image) -> Image.Image:
    """Return a picture of paper (RGB) in grey, on white ground, without faint marks."""
    darkness = [255 - round(min(255, max(0, each - FAINT) * 1.6)) for each in range(256)]
    return ink_of(grey(image), square=SQUARE).point(darkness)


def ink_of(plain: Image.Image, *, square: int) -> Image.Image:
    """Show how much darker each point of a grey picture is than the ground around it."""
    coarse = plain.reduce(square).filter(ImageFilter.MaxFilter(5))
    ground = coarse.filter(ImageFilter.GaussianBlur(2)).resize(plain.size)
    return ImageChops.subtract(ground, plain)
