"""Pictures without what their camera wrote into them: its name, the place, the time."""

import io
from typing import Any

from PIL import Image, ImageCms, ImageOps, ImageSequence

from portal.files.editorial.result import Refused, Report
from portal.files.limits import Limits

Image.MAX_IMAGE_PIXELS = None  # `encode` has a limit of its own, and says so
FORMATS = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
# What belongs to the pixels; all else that a picture carries goes.
NEEDED = ("transparency", "background", "duration", "loop", "disposal", "blend")
PLAIN = {*NEEDED, "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive"}
QUALITY: dict[str, dict[str, Any]] = {"jpeg": {"quality": 92}, "webp": {"quality": 90}}
# Pixels, tables, and Adobe's mark of the colours.
JPEG_NEEDED = {*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xEE}


def encode(data: bytes, kind: str, report: Report, limits: Limits) -> bytes:
    """Decode a picture and encode it anew, upright and in sRGB. Raises Refused."""
    with Image.open(io.BytesIO(data), formats=[FORMATS[kind]]) as picture:
        if picture.width * picture.height * getattr(picture, "n_frames", 1) > limits.image_pixels:
            raise Refused("pixels", most=str(limits.image_pixels // 1_000_000))
        if set(picture.info) - PLAIN:
            report.removed.add("camera")
        frames = [plain(frame, kind) for frame in ImageSequence.Iterator(picture)]
    how = dict(QUALITY.get(kind, {}))
    if len(frames) > 1:
        durations = [frame.info.get("duration", 100) for frame in frames]
        how.update(save_all=True, append_images=frames[1:], duration=durations)
    out = io.BytesIO()
    frames[0].save(out, FORMATS[kind], **how)
    return out.getvalue()


def plain(frame: Image.Image, kind: str) -> Image.Image:
    """Copy pixels, turned as their mark says, in the colours that every screen assumes."""
    turned = ImageOps.exif_transpose(frame)
    profile = frame.info.get("icc_profile")
    if profile and turned.mode in ("RGB", "RGBA", "L", "CMYK"):
        mode = "RGBA" if turned.mode == "RGBA" else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(turned, source, target, outputMode=mode) or turned
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that cannot be read: browsers pass over it too
    if kind == "jpeg" and turned.mode not in ("RGB", "L"):
        turned = turned.convert("RGB")
    turned.info = {key: frame.info[key] for key in NEEDED if key in frame.info}
    return turned


def strip_jpeg(data: bytes, report: Report) -> bytes:
    """
    Return a JPEG inside a document, with its pixels untouched; what is none, as it is.

    Turned or encoded anew it might no longer fit the place that the document gives it.
    """
    kept, at = [data[:2]], 2
    while data[at : at + 1] == b"\xff":
        marker, length = data[at + 1], 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xDA:  # the pixels
            end = data.find(b"\xff\xd9", at)
            return b"".join([*kept, data[at : end if end > 0 else len(data)], b"\xff\xd9"])
        if marker in JPEG_NEEDED:
            kept.append(data[at : at + length])
        elif data[at + 4 : at + 8] in (b"Exif", b"http", b"Phot"):
            report.removed.add("camera")
        at += length
    report.tell("unread", "JPEG")
    return data
