"""What the pages about a guide's versions have in common."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.guides.models import GuidePage, GuideVersion, guides_at

# More digits than any guide will ever have versions.
MOST_DIGITS = 5


def guide_at(slug: str) -> GuidePage:
    """Return a guide whose versions anyone may read, as its page's address finds it, or Http404."""
    guide = guides_at(slug).with_text_shown().first()
    if guide is None or not guide.kept_versions:
        raise Http404
    return guide


def version_of(guide: GuidePage, asked: str) -> GuideVersion | None:
    """Return a version with its text, by a number as it was typed; None where there is none."""
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS):
        return None
    return guide.published_versions.filter(number=int(asked)).first()


def of_versions(guide: GuidePage, **more: Any) -> Mapping[str, Any]:
    """Return what each of the pages shows: the guide, its versions, the way back, no alternates."""
    crumbs = guide.breadcrumbs_below()
    if "here" in more:
        href = reverse("guide_versions", args=[guide.slug])
        crumbs += [{"text": _("Versions"), "href": href}, {"text": more.pop("here")}]
    else:
        crumbs.append({"text": _("Versions")})
    return {
        "guide": guide,
        "versions": guide.kept_versions,
        "current": guide.kept_versions[0],
        "breadcrumb_items": crumbs,
        "own_alternates": [],
        **more,
    }
