"""
Turning a picture as its camera's mark says, so that the mark can go.

A turned picture is decoded twice over in memory. One of more than `TURNED_PIXELS` keeps its mark
instead: eight ways up, and nothing else of what the camera wrote.
"""

import struct

from PIL import Image

ORIENTATION = 0x0112
TURNED_PIXELS = 16_000_000
METHODS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned, with nothing beside its pixels; `orientation` is 2 to 8, as in EXIF."""
    upright = image.transpose(METHODS[orientation])
    upright.info = {}
    return upright


def mark(orientation: int) -> bytes:
    """Camera data (TIFF) that tells the orientation alone."""
    return struct.pack("!2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)


def orientation_of(exif: bytes) -> int:
    """The orientation (1 to 8) that camera data tells; 1 where it tells none."""
    found = Image.Exif()
    try:
        found.load(exif)
        orientation = found.get(ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, struct.error, TypeError, KeyError):
        return 1
    return orientation if orientation in METHODS else 1
