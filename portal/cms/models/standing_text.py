"""
The portal's own sentences on pages of text, in `templates/cms/standing/`.

They say what the code does, so they come with it: an update of the portal updates its promises, on
sites that were installed long ago too, and translators find them among all others. What editors
write on such a page stands below them and stays theirs.
"""

import re
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils.html import strip_tags
from django.utils.translation import override

# Of pages that editors may make as many of as they like: by the path, in whichever language. A type
# that has its own names it (`TextPage.standing`).
TEMPLATES = {
    "about/moderation/": "moderation",
    "take-part/": "take_part",
    "take-part/organisations/": "organisations",
}
SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
BREAK = re.compile(r"(?=<(?:li|p|h2|h3|td|th|dt|dd)\b)")


def standing_text(page: Any) -> str:
    """Return the HTML of the portal's own sentences on a page, in the active language, or ""."""
    if not (name := standing_name(page)):
        return ""
    template = engines["jinja2"].get_template(f"cms/standing/{name}.html")
    return str(template.render({"page": page, **_periods()}))


def standing_name(page: Any) -> str:
    """Return the name of the template with the portal's own sentences on a page, or ""."""
    path = page.url_path or ""
    found = (name for end, name in TEMPLATES.items() if path.endswith(f"/{end}"))
    return getattr(page, "standing", "") or next(found, "")


def _periods() -> dict[str, int]:
    """Return how long the portal keeps what its settings decide about, in days."""
    return {
        "member_idle_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
        "member_days": settings.MEMBER_SESSION_DAYS,
        "staff_log_days": settings.STAFF_LOG_DAYS,
    }


def standing_sections(html: str) -> list[dict[str, str]]:
    """List the sections of such a text as `contents` does those of a body."""
    return [
        {"href": f"#{anchor}", "text": strip_tags(text).strip()}
        for anchor, text in SECTION.findall(html)
    ]


def standing_words(page: Any) -> str:
    """Return the words of such a text, in the page's language, for the search."""
    with override(page.locale.language_code):
        html = standing_text(page)
    return " ".join(strip_tags(BREAK.sub(" ", html)).split())
