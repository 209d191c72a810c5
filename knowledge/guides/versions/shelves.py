"""What a guide's own page tells of its versions."""

from django.http import HttpRequest

from knowledge.guides.models import GuidePage, GuideVersion
from knowledge.guides.parts import GuidePart


def current(guide: GuidePage, request: HttpRequest) -> GuideVersion | None:
    """Return the version that a guide's page shows; None of a guide that has none yet."""
    return guide.kept_versions[0] if guide.kept_versions else None


CURRENT = GuidePart("version", "status", "knowledge/guides/versions/current.html", current)
