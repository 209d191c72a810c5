"""The question at the foot of a guide's page."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from knowledge.feedback.forms import UsefulForm
from knowledge.guides.models import GuidePage
from knowledge.guides.parts import GuidePart
from portal.curation.query_privacy import counted_as

# The search of the portal, and the list of guides.
SEARCHES = re.compile(r"/[a-z-]{2,12}/(?:search|guides)/")


def searched_words(request: HttpRequest) -> str:
    """
    Return what was searched for on the portal's page that led here, as it may be counted; else "".

    Browsers say on which page of the same site a link was followed, and to other sites nothing.
    """
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
        words = parse_qs(came_from.query, max_num_fields=50).get("q", [""])[0]
    except ValueError:
        return ""
    if came_from.netloc != request.get_host() or not SEARCHES.fullmatch(came_from.path):
        return ""
    return counted_as(words) or ""


def question(guide: GuidePage, request: HttpRequest) -> dict[str, Any] | None:
    """Return the form and where it goes; nothing in a preview, or where readers sign in first."""
    if getattr(request, "is_preview", False) or not guide.live:
        return None
    return {
        "form": UsefulForm(initial={"words": searched_words(request)}, prefix=None),
        "action": reverse("guide_useful", args=[guide.slug]),
    }


USEFUL = GuidePart(
    key="useful", place="foot", template="knowledge/feedback/foot.html", context=question
)
