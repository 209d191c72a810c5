"""Pictures with a canary in each place where their formats let one tell something."""

import io
import struct
import zlib
from pathlib import Path

from PIL import Image

from tests.portal.files import samples

HEIC = Path(__file__).with_name("samples") / "phone.heic"
CANARY = b"CANARY-"


def jpeg() -> bytes:
    """Every application segment, a remark, and a second picture behind."""
    data = samples.jpeg()
    head, rest = data[:2], data[2:]
    for number in range(16):
        body = b"NAME\0" + CANARY + b"app%d" % number
        head += struct.pack("!BBH", 0xFF, 0xE0 + number, len(body) + 2) + body
    remark = CANARY + b"remark"
    head += struct.pack("!BBH", 0xFF, 0xFE, len(remark) + 2) + remark
    return head + rest + samples.jpeg() + CANARY + b"behind"


def png() -> bytes:
    """Every chunk of the third edition that is no picture, private ones, one behind the end."""
    data = samples.png()
    place = 8 + 25
    packed = zlib.compress(CANARY + b"packed")
    ancillary = b"".join(
        chunk(kind, body)
        for kind, body in (
            (b"tEXt", b"Author\0" + CANARY + b"text"),
            (b"zTXt", b"Comment\0\0" + packed),
            (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + CANARY + b"itxt"),
            (b"iTXt", b"Title\0\1\0\0\0" + packed),
            (b"tIME", struct.pack("!HBBBBB", 2026, 3, 14, 15, 9, 26)),
            (b"sPLT", CANARY + b"palette\0\x08"),
            (b"prVt", CANARY + b"private"),
            (b"caNv", CANARY + b"virtual"),
            (b"vpAg", CANARY + b"page"),
            (b"dSIG", CANARY + b"signature"),
            (b"mkBF", CANARY + b"fireworks"),
            (b"iDOT", CANARY + b"apple"),
        )
    )
    return data[:place] + ancillary + data[place:] + chunk(b"tEXt", CANARY + b"afterend")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))


def webp() -> bytes:
    """Its chunks for profile, camera and XMP, unknown ones, and more behind the end."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CANARY-maker"
    samples.gradient((64, 48)).save(
        out, "WEBP", exif=exif, xmp=CANARY + b"xmp", icc_profile=samples.colour_profile()
    )
    body = out.getvalue()[12:] + b"XXXX" + struct.pack("<I", 14) + CANARY + b"unknown"
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + CANARY + b"behind"


def gif() -> bytes:
    """Its three kinds of extension, and a second frame."""
    out = io.BytesIO()
    frames = [samples.gradient((64, 48)).quantize(16), Image.new("P", (64, 48), 3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=CANARY + b"comment")
    data = out.getvalue()
    place = 13 + 3 * (2 << (data[10] & 7))
    plain_text = b"\x21\x01\x0c" + bytes(12) + block(CANARY + b"plaintext")
    application = b"\x21\xff\x0bXMP DataXMP" + block(CANARY + b"application")
    return data[:place] + application + plain_text + data[place:] + CANARY + b"behind"


def block(body: bytes) -> bytes:
    return bytes([len(body)]) + body + b"\0"


def tiff() -> bytes:
    """Every tag that holds words, private ones, and a second page."""
    words = [0x010D, 0x010E, 0x010F, 0x0110, 0x011D, 0x0131, 0x0132, 0x013B, 0x013C, 0x0151, 0x8298]
    tags = {tag: f"CANARY-{tag:x}" for tag in [*words, 0x010A + 0xC000, 0xC614, 0xC62F]}
    tags |= {0x02BC: CANARY + b"xmp", 0x83BB: CANARY + b"iptc", 0x8649: CANARY + b"photoshop"}
    out = io.BytesIO()
    picture = samples.gradient((64, 48))
    picture.save(
        out, "TIFF", tiffinfo=tags, save_all=True, append_images=[Image.new("RGB", (9, 9))]
    )
    return out.getvalue() + CANARY + b"behind"


def bmp() -> bytes:
    """Words in the gap between head and pixels, and behind them."""
    out = io.BytesIO()
    samples.gradient((64, 48)).save(out, "BMP")
    data = bytearray(out.getvalue())
    gap = CANARY + b"gap"
    struct.pack_into("<I", data, 10, struct.unpack_from("<I", data, 10)[0] + len(gap))
    return bytes(data[:54]) + gap + bytes(data[54:]) + CANARY + b"behind"


def heic() -> bytes:
    """A telephone's photograph (camera, place, XMP), with boxes that readers skip."""
    boxes = b"".join(
        struct.pack("!I4s", 8 + len(body), kind) + body
        for kind, body in (
            (b"free", CANARY + b"free"),
            (b"skip", CANARY + b"skip"),
            (b"uuid", bytes(16) + CANARY + b"uuid"),
            (b"udta", CANARY + b"user"),
        )
    )
    return HEIC.read_bytes() + boxes


MAKERS = {
    "jpeg": jpeg, "png": png, "webp": webp, "gif": gif, "tiff": tiff, "bmp": bmp, "heic": heic,
}  # fmt: skip
