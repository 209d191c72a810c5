"""What the page of a guide says of its files."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.guide_files.formats import offered
from knowledge.guide_files.formats.content import blocks_of, is_training
from knowledge.guide_files.models import GuideFile
from knowledge.guides.models import GuidePage
from portal.pdf import pango

# What an office file holds, by its ending and by what a guide is made of.
LESSON = {
    "docx": _("Handout, running order and exercises, for Word"),
    "odt": _("Handout, running order and exercises, for LibreOffice"),
}
CHECKLIST = {"docx": _("Checklist for Word"), "odt": _("Checklist for LibreOffice")}
TO_FILL_IN = {"docx": _("Text to fill in, for Word"), "odt": _("Text to fill in, for LibreOffice")}
ALWAYS = {"xlsx": _("Tables for a spreadsheet"), "pptx": _("Slides with notes for the speaker")}


def to_take_along(guide: GuidePage, request: HttpRequest) -> dict[str, Any] | None:
    """
    Return the guide's PDF, None until it is made, and its office files; nothing where it has none.

    One query. The size of an office file is not known before somebody asks for it.
    """
    if not guide.pk or not guide.live:
        return None
    file = GuideFile.objects.current(guide).without_content().first()
    office = [
        (
            _what_is_in(guide, ending),
            reverse(f"guide_{ending}", args=[guide.slug, guide.slug]),
            ending,
        )
        for ending in offered(guide)
    ]
    has_pdf = file is not None or pango.is_installed()
    if not has_pdf and not office:
        return None
    return {
        "has_pdf": has_pdf,
        "file": file,
        "href": reverse("guide_pdf", args=[guide.slug, guide.slug]),
        "title": guide.title,
        "language": guide.written_in,
        "office": office,
    }


def _what_is_in(guide: GuidePage, ending: str) -> str | Promise:
    if ending in ALWAYS:
        return ALWAYS[ending]
    if is_training(guide):
        return LESSON[ending]
    return (TO_FILL_IN if blocks_of(guide, "model_text") else CHECKLIST)[ending]
