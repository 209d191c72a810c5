"""Pictures decoded and encoded anew: their pixels as they are seen, and nothing else."""

import io
import struct

from PIL import Image, ImageCms, ImageFile

from portal.files.limits import Limits
from portal.files.rebuilding.comparison import require_alike, small
from portal.files.rebuilding.pdf import paper
from portal.files.rebuilding.result import Rebuilt, Refused

# Those that Pillow loads with little come first.
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "AVIF")
LOSSLESS = ("PNG", "GIF", "BMP", "TIFF")
DRAWN = 4_096  # colours: a drawing or a screen has fewer, a photograph has more
QUALITY = 85
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def rebuild_picture(data: bytes, limits: Limits, *, keep_colour: bool) -> Rebuilt:
    """
    Make a JPEG or PNG of what a picture shows: upright, in sRGB, on white if transparent.

    Larger ones are scaled down to `limits.picture_side`; of moving ones the first picture stays.
    A photograph of paper becomes grey and clean unless `keep_colour`. Raises Refused.
    """
    notes = ["picture"]
    try:
        with opened(data) as image:
            is_lossless = image.format in LOSSLESS
            size = max(image.size)
            if getattr(image, "is_animated", False) and image.format != "MPO":
                notes.append("first-frame")
            shown = seen(image, limits)
    except (OSError, ValueError, SyntaxError, EOFError, struct.error):
        raise Refused("damaged") from None
    if max(shown.size) < size:
        notes.append("scaled-down")
    if not keep_colour and shown.mode == "RGB" and paper.is_paper(small(shown)):
        shown = paper.cleaned(shown)
        notes.append("made-grey")
    kind, made = encoded(shown, is_lossless=is_lossless)
    with Image.open(io.BytesIO(made), formats=[kind]) as again:
        require_alike(small(shown), small(again))
    return Rebuilt(kind.lower(), made, notes=tuple(notes))


def opened(data: bytes) -> Image.Image:
    """Return a picture of a kind that is taken, its pixels not decoded yet."""
    formats: tuple[str, ...] = FORMATS
    if data[4:8] == b"ftyp" and data[8:12] not in (b"avif", b"avis"):
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
        formats = ("HEIF",)
    Image.MAX_IMAGE_PIXELS = None  # `seen` has a limit of its own
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries set it
    return Image.open(io.BytesIO(data), formats=formats)


def seen(image: Image.Image, limits: Limits) -> Image.Image:
    """Return the picture as a viewer shows it (RGB or grey), at most `limits.picture_side`."""
    side = (limits.picture_side, limits.picture_side)
    profile = image.info.get("icc_profile")
    image.draft(image.mode, side)  # of a JPEG, no more is decoded than is needed
    if image.width * image.height > limits.image_pixels:
        raise Refused("pixels", megapixels=limits.image_pixels // 1_000_000)
    image.load()
    shown = plain(image)
    shown.thumbnail(side, Image.Resampling.LANCZOS, reducing_gap=2)
    if shown.mode == "RGBA":
        white = Image.new("RGBA", shown.size, "white")
        white.alpha_composite(shown)
        shown = white.convert("RGB")
    shown = in_srgb(shown, profile)
    if (turn := UPRIGHT.get(orientation(image))) is not None:
        shown = shown.transpose(turn)
    shown.info = {}
    return shown.convert("L") if shown.mode == "RGB" and not paper.has_colour(shown) else shown


def plain(image: Image.Image) -> Image.Image:
    """Return the picture in one of four modes: L, RGB, RGBA, CMYK."""
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image.copy()
    if image.mode.startswith("I"):  # shades of grey in 16 bits
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("1", "F"):
        return image.convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture with the colours that its profile means; as it is where it has none."""
    if profile:
        try:
            made_for = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(image, made_for, srgb, outputMode="RGB")
            return changed or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile for other pictures than this
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def orientation(image: Image.Image) -> int:
    """Return how the camera was held, 1 to 8 as in EXIF; 1 where nothing tells."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, struct.error):
        return 1


def encoded(image: Image.Image, *, is_lossless: bool) -> tuple[str, bytes]:
    """Return a picture (RGB or grey) as "PNG" where it is a drawing, else as "JPEG"."""
    out = io.BytesIO()
    if is_lossless and image.getcolors(DRAWN) is not None:
        image.save(out, "PNG", optimize=True)
        return "PNG", out.getvalue()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return "JPEG", out.getvalue()
