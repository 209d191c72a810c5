"""PNG without its texts, times and camera data: chunks are copied, nothing is recompressed."""

import io
import struct
import zlib

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from portal.files.cleaning.colour import plain_profile
from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

HEAD = b"\x89PNG\r\n\x1a\n"
# What the picture is made of, and what says how its colours are meant.
KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)
NAMES = {b"eXIf": "camera", b"tIME": "properties"}
ORIENTATION = 0x0112

ImageFile.LOAD_TRUNCATED_IMAGES = False


def clean(data: bytes, limits: Limits) -> tuple[bytes, set[str]]:
    """The picture, and the codes of what was removed. Raises Refused."""
    stripped, removed = strip(data, limits)
    orientation = examine(data, limits)
    if orientation != 1:
        removed.add("orientation")
        stripped = turn(stripped, orientation)
    return stripped, removed


def strip(data: bytes, limits: Limits) -> tuple[bytes, set[str]]:
    """Copy the chunks that make the picture, and say what the others were."""
    removed: set[str] = set()
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
    if len(data) > place:
        removed.add("appended")
    return bytes(out), removed


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


def examine(data: bytes, limits: Limits) -> int:
    """The picture's orientation (1 to 8), once it has been read whole."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            image.load()
            orientation = image.getexif().get(ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, UnidentifiedImageError):
        raise Refused("damaged") from None
    except Image.DecompressionBombError:
        raise Refused("pixels", megapixels=limits.image_pixels // 1_000_000) from None
    return orientation if orientation in range(1, 9) else 1


def turn(data: bytes, orientation: int) -> bytes:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        profile = image.info.get("icc_profile")
        image.load()
        image.getexif()[ORIENTATION] = orientation
        turned = ImageOps.exif_transpose(image)
    buffer = io.BytesIO()
    turned.info = {}
    turned.save(buffer, "PNG", icc_profile=profile)
    return buffer.getvalue()
