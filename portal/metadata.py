"""What machines are told of a page: its one address, what it is (schema.org), how it is cited."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from portal.confidential import is_confidential
from portal.languages import easy_words
from portal.onion import is_onion, on_the_open_web


def canonical(request: HttpRequest) -> str:
    """
    Return the one address of the page that was asked for, whatever was added to it: in standard
    words, unless the page has its own in easy ones and says so.

    "" where none is told: inside Tor, of confidential pages, and of the second page of a list and
    those after it, which are no copies of the first.
    """
    is_further = request.GET.get("page", "1") != "1"
    if is_further or is_onion(request) or is_confidential(request.path):
        return ""
    return on_the_open_web(easy_words.without(request.path))


def metadata(
    request: HttpRequest,
    linked: Mapping[str, Any] | None = None,
    citation: Mapping[str, Any] | None = None,
    original: str = "",
) -> dict[str, Any]:
    """
    Return what the layout is given of it: `canonical`, `linked_data` and `citation_tags`.

    `original` is the address of the same in the language that it was written in, where it is also
    shown, untranslated, to readers of others.
    `linked` is a thing of schema.org by its properties, `@type` first, and `citation` what
    reference managers read, by the names of Google Scholar's tags without "citation_"; a list
    stands for a tag for each. No person is named in either but who sent a published response with
    their name. What is empty is left out.
    """
    if not (address := canonical(request)):
        return {}
    address = original or address
    found: dict[str, Any] = {"canonical": address}
    if linked:
        own = {key: value for key, value in linked.items() if value}
        found["linked_data"] = {
            "@context": "https://schema.org",
            "@id": address,
            "url": address,
            **own,
        }
    if citation:
        found["citation_tags"] = [
            (f"citation_{name}", value)
            for name, values in {"public_url": address, **citation}.items()
            for value in (values if isinstance(values, list) else [values])
            if value
        ]
    return found
