"""One file, from what a stranger sent to what is kept."""

from collections.abc import Callable

from portal.files.cleaning import jpeg, office, pdf, png, text
from portal.files.cleaning.refusal import Refused
from portal.files.cleaning.sniffing import (
    EXTENSIONS,
    FAMILIES,
    identify,
    refuse_second_nature,
)
from portal.files.limits import Limits

CLEANERS: dict[str, Callable[[bytes, Limits], tuple[bytes, set[str]]]] = {
    "pdf": pdf.clean,
    "xlsx": office.clean,
    "jpeg": jpeg.clean,
    "png": png.clean,
    "txt": text.clean,
    "csv": text.clean_table,
}


def clean(
    data: bytes, *, extension: str, kinds: frozenset[str], limits: Limits
) -> tuple[str, bytes, set[str]]:
    """
    A file's kind, its clean bytes, and the codes of what was removed from it.

    `extension` is what it was called (without dot, "" for nothing): it decides between a text and a
    table, which are the same to a computer, and whether the file is disguised. Raises Refused.
    """
    if not data:
        raise Refused("empty")
    kind = identify(data, extension)
    if is_disguised(kind, extension):
        raise Refused("disguised", extension=extension, found=kind)
    if kind not in CLEANERS:
        raise Refused("kind", found=kind)
    refuse_second_nature(data, kind)
    cleaned, removed = CLEANERS[kind](data, limits)
    if kind not in kinds:
        raise Refused("kind-here", found=kind, kinds=",".join(sorted(kinds)))
    return kind, cleaned, removed


def is_disguised(kind: str, extension: str) -> bool:
    """Whether a file is called what it is not, and either of the two is a kind that is taken."""
    promised = EXTENSIONS.get(extension)
    if promised is None or promised == FAMILIES.get(kind, kind):
        return False
    return kind in CLEANERS or promised in (*CLEANERS, *FAMILIES.values())
