"""Holding what was rebuilt against what came in, as an eye at some distance would."""

from PIL import Image, ImageChops

from portal.files.rebuilding.result import Refused

TILE = 8  # pixels; at 50 dots an inch four millimetres
SEEN = 32  # of 255: a difference of a tile's mean that an eye would notice
SHARE = 0.01
SIDE = 585  # pixels of A4's long side at 50 dots an inch


def require_alike(original: Image.Image, rebuilt: Image.Image) -> None:
    """Raise Refused where more than one tile in a hundred of two pictures looks different."""
    if share_of_differing_tiles(original, rebuilt) > SHARE:
        raise Refused("not-alike")


def share_of_differing_tiles(one: Image.Image, other: Image.Image, *, seen: int = SEEN) -> float:
    """Return the share (0 to 1) of tiles whose mean differs by `seen` of 255 or more."""
    if other.size != one.size:
        other = other.resize(one.size, Image.Resampling.BOX)
    mode = "L" if "L" in (one.mode, other.mode) else "RGB"
    difference = ImageChops.difference(one.convert(mode), other.convert(mode))
    bands = [band.reduce(TILE) for band in difference.split()]
    worst = bands[0]
    for band in bands[1:]:
        worst = ImageChops.lighter(worst, band)
    counts = worst.histogram()
    return sum(counts[seen:]) / sum(counts)


def small(image: Image.Image) -> Image.Image:
    """Return a copy no larger than A4 at 50 dots an inch; a smaller picture as it is."""
    return image.reduce(-(-max(image.size) // SIDE))
