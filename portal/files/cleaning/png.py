"""PNG without its texts, times and camera data: chunks are copied, nothing is recompressed."""

import io
import struct
import zlib

from PIL import Image, ImageFile, UnidentifiedImageError

from portal.files.cleaning.colour import plain_profile
from portal.files.cleaning.refusal import Refused
from portal.files.cleaning.turning import TURNED_PIXELS, mark, orientation_of, turned
from portal.files.limits import Limits

HEAD = b"\x89PNG\r\n\x1a\n"
# What the picture is made of, and what says how its colours are meant.
KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)
NAMES = {b"eXIf": "camera", b"tIME": "properties"}

ImageFile.LOAD_TRUNCATED_IMAGES = False


def clean(data: bytes, limits: Limits, *, upright: bool = True) -> tuple[bytes, set[str]]:
    """
    The picture, and the codes of what was removed. Raises Refused.

    `upright`: turn it as its mark says; inside a document the document says how it stands.
    """
    stripped, removed, orientation = strip(data, limits)
    try:
        # What is decoded holds no texts any more, so none can unpack to more than it looks like.
        with Image.open(io.BytesIO(stripped), formats=["PNG"]) as image:
            image.load()
            if upright and orientation != 1:
                if image.width * image.height > TURNED_PIXELS:
                    return marked(stripped, orientation), removed
                removed.add("orientation")
                stripped = turn(image, orientation)
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, UnidentifiedImageError):
        raise Refused("damaged") from None
    return stripped, removed


def strip(data: bytes, limits: Limits) -> tuple[bytes, set[str], int]:
    """Copy the chunks that make the picture; say what the others were, and the orientation."""
    removed: set[str] = set()
    orientation = 1
    out = bytearray(HEAD)
    place = len(HEAD)
    kind = b""
    while kind != b"IEND":
        if place + 12 > len(data):
            raise Refused("damaged")
        length, kind = struct.unpack_from("!I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        checksum = data[place + 8 + length : place + 12 + length]
        if len(body) != length or struct.pack("!I", zlib.crc32(kind + body)) != checksum:
            raise Refused("damaged")
        place += 12 + length
        if kind == b"IHDR":
            width, height = struct.unpack_from("!II", body)
            if width * height > limits.image_pixels:
                raise Refused("pixels", megapixels=limits.image_pixels // 1_000_000)
        if kind == b"acTL" and struct.unpack_from("!I", body)[0] > limits.image_frames:
            raise Refused("frames", frames=limits.image_frames)
        if kind in KEPT:
            out += chunk(kind, body)
        elif kind == b"iCCP":
            out += profile_chunk(body, removed)
        else:
            removed.add(NAMES.get(kind, "properties"))
            if kind == b"eXIf":
                orientation = orientation_of(body)
    if len(data) > place:
        removed.add("appended")
    return bytes(out), removed, orientation


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))


def profile_chunk(body: bytes, removed: set[str]) -> bytes:
    """The colour profile without its name and texts; one that cannot be read is left out."""
    _, _, packed = body.partition(b"\0")
    try:
        profile = zlib.decompressobj().decompress(packed[1:], 4 * 1024 * 1024)
    except zlib.error:
        return b""
    plain = plain_profile(profile)
    if plain != profile:
        removed.add("identifiers")
    return chunk(b"iCCP", b"profile\0\0" + zlib.compress(plain)) if plain else b""


def marked(data: bytes, orientation: int) -> bytes:
    """The picture with its orientation told, and nothing else: behind its head, 33 bytes in."""
    return data[:33] + chunk(b"eXIf", mark(orientation)) + data[33:]


def turn(image: Image.Image, orientation: int) -> bytes:
    profile = image.info.get("icc_profile")
    buffer = io.BytesIO()
    turned(image, orientation).save(buffer, "PNG", icc_profile=profile)
    return buffer.getvalue()
