"""Pictures and other parts inside documents that are not XML."""

import io
import struct

from PIL import Image, UnidentifiedImageError

from portal.files.cleaning import jpeg, png
from portal.files.cleaning.refusal import Refused
from portal.files.cleaning.sniffing import signature
from portal.files.limits import Limits

EMF_HEAD = struct.pack("<I", 1)
WMF_HEADS = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2")
DANGEROUS = frozenset(
    {"program", "script", "zip", "archive", "old-office", "rtf", "pdf", "shortcut"}
)


def refuse_embedded(content: bytes) -> None:
    """Raise Refused for a program, an archive or another document."""
    if signature(content) in DANGEROUS:
        raise Refused("embedded")


def clean_picture(name: str, content: bytes, limits: Limits, removed: set[str]) -> bytes:
    """
    A document's picture or font without what it tells; by content, whatever its name says.

    JPEG and PNG lose what they lose when they come alone; EMF its description; GIF its remarks.
    Raises Refused for anything else.
    """
    refuse_embedded(content)
    if content.startswith(b"\xff\xd8\xff"):
        return inner(jpeg.clean(content, limits, upright=False), removed)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return inner(png.clean(content, limits, upright=False), removed)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return resaved(content, "GIF", limits, removed)
    if content.startswith(EMF_HEAD) and content[40:44] == b" EMF":
        return plain_emf(content, removed)
    if content.startswith(b"BM") and len(content) >= 26:
        width, height = struct.unpack_from("<ii", content, 18)
        if abs(width * height) > limits.image_pixels:
            raise Refused("pixels", megapixels=limits.image_pixels // 1_000_000)
        return content
    if content.startswith(WMF_HEADS):
        return content
    if content.startswith((b"II*\0", b"MM\0*")):
        return resaved(content, "TIFF", limits, removed)
    if content.startswith(FONTS) or name.lower().endswith(".odttf"):
        return content
    if not content:
        return content
    raise Refused("embedded")


def inner(result: tuple[bytes, set[str]], removed: set[str]) -> bytes:
    removed |= result[1]
    return result[0]


def plain_emf(content: bytes, removed: set[str]) -> bytes:
    """A Windows metafile with its description (program and file name) blanked."""
    length, offset = struct.unpack_from("<II", content, 60)
    end = offset + 2 * length
    if not length or not 88 <= offset <= end <= len(content):
        return content
    removed.add("properties")
    return content[:offset] + bytes(end - offset) + content[end:]


def resaved(content: bytes, kind: str, limits: Limits, removed: set[str]) -> bytes:
    """A picture of a rarer kind, decoded and written anew: its pixels and nothing else."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            frames = getattr(image, "n_frames", 1)
            if image.width * image.height * frames > limits.image_pixels:
                raise Refused("pixels", megapixels=limits.image_pixels // 1_000_000)
            image.load()
            plain = Image.new(image.mode, image.size)
            plain.paste(image)
            if image.palette is not None:
                plain.putpalette(image.getpalette() or [])
    except (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError):
        raise Refused("damaged") from None
    out = io.BytesIO()
    plain.save(out, kind, **({"compression": "tiff_lzw"} if kind == "TIFF" else {}))
    removed.add("camera" if kind == "TIFF" else "comments")
    return out.getvalue()
