"""What every public page's template is given."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from portal.cms.navigation import (
    BEFORE_YOU_ANSWER,
    TAKE_PART,
    address,
    footer_links,
    navigation,
)
from portal.confidential import is_confidential
from portal.languages.switch import alternates, choices
from portal.onion import is_onion, onion_address


def site(request: HttpRequest) -> dict[str, Any]:
    """Name, language and direction of the site, its navigation and footer."""
    return {
        "site_name": settings.SITE_NAME,
        "demo_banner": settings.DEMO,
        "language_code": get_language() or settings.LANGUAGE_CODE,
        "language_choices": choices(request),
        "alternates": alternates(request),
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "is_confidential": is_confidential(request.path),
        "navigation": navigation(request.path),
        "footer_links": footer_links(),
        "before_you_answer": address(BEFORE_YOU_ANSWER),
        "take_part": address(TAKE_PART),
        "onion_address": "" if is_onion(request) else onion_address(request.path),
    }
