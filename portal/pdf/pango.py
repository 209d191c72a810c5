"""Pango, the library of the system that WeasyPrint lays out text with; no package brings it."""

from ctypes import CDLL, POINTER, c_int
from functools import cache

# The names under which WeasyPrint looks for it, and for what tells it which fonts there are.
PANGO = (
    "libpango-1.0-0",
    "pango-1.0-0",
    "pango-1.0",
    "libpango-1.0.so.0",
    "libpango-1.0.dylib",
    "libpango-1.0-0.dll",
)
FONTCONFIG = ("fontconfig-1", "fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib")


@cache
def is_installed() -> bool:
    """
    Say whether a PDF can probably be laid out here; cheap, unlike importing WeasyPrint.

    Without any font Pango ends the process that asks it for one.
    """
    return _loaded(PANGO) is not None and _has_fonts()


def _has_fonts() -> bool:
    fontconfig = _loaded(FONTCONFIG)
    if fontconfig is None:
        return False
    fonts_of = fontconfig.FcConfigGetFonts
    fonts_of.restype = POINTER(c_int)  # a structure that begins with their number
    fonts = fonts_of(None, 0)
    return bool(fonts) and fonts[0] > 0


def _loaded(names: tuple[str, ...]) -> CDLL | None:
    for name in names:
        try:
            return CDLL(name)
        except OSError:
            continue
    return None
