"""A guide laid out for paper, in its own language."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from knowledge.guide_files.printable import drawing_at, printable
from knowledge.guides.models import GuidePage
from knowledge.sources.citations import numbered
from portal.taxonomy.languages import direction_of

STYLES = Path(__file__).parent / "static" / "guide_files" / "guide.css"
PICTURES = f"{settings.MEDIA_URL}images/"


def html_of(guide: GuidePage) -> str:
    """Return the whole document that becomes a guide's PDF, overdue or not as it is today (UTC)."""
    with translation.override(language_of_interface(guide)):
        template = "knowledge/guide_files/guide_pdf.html"
        return render_to_string(template, context_of(guide))


def context_of(guide: GuidePage) -> dict[str, Any]:
    """Return what the layout of a guide is given, overdue or not as it is today (UTC)."""
    shown = render_to_string("knowledge/guide_files/body.html", {"page": guide})
    text, entries = numbered(shown, guide.sources.cited, guide.written_in)
    return {
        "page": guide,
        "text": printable(text),
        "entries": entries,
        "address": address_of(guide),
        "version": version_of(guide),
        "overdue": guide.is_overdue(timezone.localdate()),
        "site_name": settings.SITE_NAME,
        "language_code": translation.get_language(),
        "text_direction": direction_of(guide.written_in),
        "page_numbers": page_numbers(),
        "styles": STYLES.read_text(),
    }


def address_of(guide: GuidePage) -> str:
    """Return where a guide is found on the open web."""
    return f"{settings.BASE_URL}{guide.url}"


def version_of(guide: GuidePage) -> str:
    """Return the number of the version that is published; "" where versions have none."""
    return str(guide.kept_versions[0].number) if guide.kept_versions else ""


def picture_at(url: str) -> bytes | None:
    """Return a picture of our own that anyone may see, by its whole address; None for all else."""
    if drawn := drawing_at(url):
        return drawn
    path = unquote(urlsplit(url).path)
    if not url.startswith(f"{settings.BASE_URL}/") or not path.startswith(PICTURES):
        return None
    renditions = get_image_model().get_rendition_model().objects
    name = path.removeprefix(settings.MEDIA_URL)
    rendition = renditions.select_related("image__collection").filter(file=name).first()
    if rendition is None or rendition.image.collection.get_view_restrictions():
        return None
    try:
        with rendition.open_file() as file:
            return file.read()
    except SourceImageIOError:
        return None


def language_of_interface(guide: GuidePage) -> str:
    """Return the guide's language where the portal speaks it, else that of the tree it is in."""
    offered = [code for code, _name in settings.LANGUAGES]
    if guide.written_in in offered:
        return guide.written_in
    return guide.locale.language_code


def page_numbers() -> str:
    """Return what CSS writes at the foot of each page, e.g. "3 of 12"."""
    # Translators: at the foot of a page on paper, e.g. “3 of 12”.
    words = _("%(page)s of %(pages)s").replace("\\", "").replace('"', "")
    return f'"{words}"' % {"page": '" counter(page) "', "pages": '" counter(pages) "'}
