"""Office files of guides, made when they are asked for, of what is published."""

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.guide_files.formats.content import blocks_of, is_to_fill_in, is_training
from knowledge.guide_files.formats.imprint import in_its_language
from knowledge.guide_files.formats.opendocument import MIMETYPE, opendocument
from knowledge.guide_files.formats.slideshow import slideshow
from knowledge.guide_files.formats.word import word
from knowledge.guide_files.formats.workbook import workbook
from knowledge.guides.models import GuidePage

OPEN_XML = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """A kind of file; `fits` says whether a guide has what it is made of."""

    content_type: str
    fits: Callable[[GuidePage], bool]
    make: Callable[[GuidePage], bytes]


def _has_text(guide: GuidePage) -> bool:
    return is_to_fill_in(guide) or is_training(guide)


def _has_tables(guide: GuidePage) -> bool:
    return bool(blocks_of(guide, "table"))


# By the ending of their names, in the order in which a page offers them.
FORMATS = {
    "docx": Format(f"{OPEN_XML}.wordprocessingml.document", _has_text, word),
    "odt": Format(MIMETYPE, _has_text, opendocument),
    "xlsx": Format(f"{OPEN_XML}.spreadsheetml.sheet", _has_tables, workbook),
    "pptx": Format(f"{OPEN_XML}.presentationml.presentation", is_training, slideshow),
}


def offered(guide: GuidePage) -> list[str]:
    """Return the endings of the files that a guide can be had as."""
    return [ending for ending, each in FORMATS.items() if each.fits(guide)]


def made(guide: GuidePage, ending: str) -> bytes:
    """Return a guide as a file of a format that it is offered as."""
    with in_its_language(guide):
        return FORMATS[ending].make(guide)
