"""
JPEG without what cameras write into it.

Segments are copied as they are, so nothing is recompressed; only a picture that a camera marked as
lying on its side is turned and encoded again, with the tables that it came with.
"""

import io
import struct

from PIL import Image, ImageFile, JpegImagePlugin, UnidentifiedImageError

from portal.files.cleaning.colour import plain_profile
from portal.files.cleaning.refusal import Refused
from portal.files.cleaning.turning import TURNED_PIXELS, mark, orientation_of, turned
from portal.files.limits import Limits

SOI, EOI, SOS, DQT, COM = 0xD8, 0xD9, 0xDA, 0xDB, 0xFE
STANDALONE = {0x01, *range(0xD0, 0xD8)}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
EXIF = b"Exif\0\0"
ICC = b"ICC_PROFILE\0"
ADOBE = b"Adobe"
ICC_CHUNK = 65_519

ImageFile.LOAD_TRUNCATED_IMAGES = False


def clean(data: bytes, limits: Limits, *, upright: bool = True) -> tuple[bytes, set[str]]:
    """
    The picture, and the codes of what was removed. Raises Refused.

    Kept: the pixels as they are, the colour profile without its texts, Adobe's mark (it says how
    colours are coded). What lies behind the picture's end goes. `upright`: turn it as its mark
    says; inside a document the document says how it stands.
    """
    stripped, removed, orientation = strip(data)
    pixels = examine(stripped, limits)
    if upright and orientation != 1:
        if pixels > TURNED_PIXELS:
            return stripped[:2] + segment(0xE1, EXIF + mark(orientation)) + stripped[2:], removed
        removed.add("orientation")
        stripped = turn(stripped, orientation)
    return stripped, removed


def examine(data: bytes, limits: Limits) -> int:
    """Read a picture whole, within the limits; returns its pixels. Raises Refused."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            width, height = image.size
            if width * height > limits.image_pixels:
                raise Refused("pixels", megapixels=limits.image_pixels // 1_000_000)
            # Decoded to its end, but at an eighth of its size: a cut one is found all the same.
            image.draft(None, (max(width // 8, 1), max(height // 8, 1)))
            image.load()
            return width * height
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, UnidentifiedImageError):
        raise Refused("damaged") from None
    except Image.DecompressionBombError:
        raise Refused("pixels", megapixels=limits.image_pixels // 1_000_000) from None


def strip(data: bytes) -> tuple[bytes, set[str], int]:
    """Copy the segments that make the picture; say what the others were, and the orientation."""
    removed: set[str] = set()
    orientation = 1
    out = bytearray(b"\xff\xd8")
    profile: list[tuple[int, bytes]] = []
    place = 2
    written = False
    while True:
        marker, place = next_marker(data, place)
        if marker == EOI:
            break
        if marker in STANDALONE:
            continue
        if place + 2 > len(data):
            raise Refused("damaged")
        (length,) = struct.unpack_from("!H", data, place)
        body = data[place + 2 : place + length]
        if length < 2 or len(body) != length - 2:
            raise Refused("damaged")
        place += length
        if marker == 0xE2 and body.startswith(ICC) and len(body) > 14:
            profile.append((body[12], body[14:]))
        elif marker == 0xEE and body.startswith(ADOBE):
            out += segment(marker, body[:12])
        elif marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 12:
            out += segment(marker, body[:12] + b"\0\0")  # without its thumbnail
            if len(body) > 14:
                removed.add("thumbnail")
        elif 0xE0 <= marker <= 0xEF:
            removed.add(name_of(marker, body))
            if marker == 0xE1 and body.startswith(EXIF):
                orientation = orientation_of(body[len(EXIF) :])
        elif marker == COM:
            removed.add("comments")
        else:
            if not written and (marker in FRAMES or marker == SOS):
                out += profile_segments(profile, removed)
                written = True
            out += segment(marker, body)
            if marker == SOS:
                end = end_of_scan(data, place)
                out += data[place:end]
                place = end
    out += b"\xff\xd9"
    if len(data) > place:
        removed.add("appended" if not data[place:].startswith(b"\xff\xd8") else "variants")
    return bytes(out), removed, orientation


def next_marker(data: bytes, place: int) -> tuple[int, int]:
    """A marker's code and the place behind it; fill bytes are passed over."""
    if place >= len(data) or data[place] != 0xFF:
        raise Refused("damaged")
    while place < len(data) and data[place] == 0xFF:
        place += 1
    if place >= len(data):
        raise Refused("damaged")
    return data[place], place + 1


def end_of_scan(data: bytes, place: int) -> int:
    """Where compressed data ends: at the next marker that is neither stuffing nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise Refused("damaged")
        follower = data[place + 1]
        if follower == 0xFF:
            place += 1
        elif follower == 0 or 0xD0 <= follower <= 0xD7:
            place += 2
        else:
            return place


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack("!BBH", 0xFF, marker, len(body) + 2) + body


def name_of(marker: int, body: bytes) -> str:
    if marker == 0xE1 and body.startswith(b"Exif"):
        return "camera"
    if marker == 0xE2 and body.startswith(b"MPF"):
        return "variants"
    return "properties"


def profile_segments(parts: list[tuple[int, bytes]], removed: set[str]) -> bytes:
    """The colour profile without its texts, in as many segments as it needs."""
    whole = b"".join(part for _, part in sorted(parts))
    if not whole:
        return b""
    plain = plain_profile(whole)
    if plain != whole:
        removed.add("identifiers")
    chunks = [plain[i : i + ICC_CHUNK] for i in range(0, len(plain), ICC_CHUNK)]
    return b"".join(
        segment(0xE2, ICC + bytes([number, len(chunks)]) + chunk)
        for number, chunk in enumerate(chunks, start=1)
    )


def turn(data: bytes, orientation: int) -> bytes:
    """Turn a picture as its mark said, encoded with the tables and sampling that it came with."""
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        tables = getattr(image, "quantization", None)
        sampling = JpegImagePlugin.get_sampling(image)
        profile = image.info.get("icc_profile")
        upright = turned(image, orientation)
    buffer = io.BytesIO()
    upright.save(
        buffer,
        "JPEG",
        qtables=tables,
        subsampling=sampling if sampling != -1 else 0,
        icc_profile=profile,
    )
    return buffer.getvalue()
