"""What the page of a guide says of its files."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from knowledge.guide_files.models import GuideFile
from knowledge.guides.models import GuidePage
from portal.pdf import pango


def to_take_along(guide: GuidePage, request: HttpRequest) -> dict[str, Any] | None:
    """Return the guide's file, None until it is made; nothing where none will be. One query."""
    if not guide.pk or not guide.live:
        return None
    file = GuideFile.objects.current(guide).without_content().first()
    if file is None and not pango.is_installed():
        return None
    href = reverse("guide_pdf", args=[guide.slug, guide.slug])
    return {"file": file, "href": href, "title": guide.title, "language": guide.written_in}
