"""What the page of the glossary is given beside the terms."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.glossary.queries import counts
from knowledge.glossary.terms import FIELDS, readers_language
from portal.cms.navigation import address


def frame() -> dict[str, Any]:
    """Return the reader's language, and where the page leads."""
    return {
        "language": readers_language(),
        "field_names": FIELDS,
        "home_href": address(""),
        "contact_href": address("about/contact/"),
    }


def fields_of(chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Return a link for every term and for each field; what was looked for is carried along."""
    numbers = counts()
    named = {"": _("All terms"), **FIELDS}
    return [
        {
            "text": name,
            "href": _address(field, chosen["words"]),
            "current": field == chosen["field"],
            "count": numbers[field] if field else sum(numbers.values()),
        }
        for field, name in named.items()
    ]


def _address(field: str, words: str) -> str:
    query = urlencode({name: value for name, value in (("q", words), ("field", field)) if value})
    return f"{reverse('glossary')}?{query}" if query else reverse("glossary")
