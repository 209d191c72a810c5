"""Every address of the portal, read from url patterns and page types: an example, and its view."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize
from wagtail.models import get_page_models

EXAMPLES = {
    "int": "7",
    "str": "text",
    "slug": "a-slug",
    "consultation": "a-slug",
    "uuid": "5f2c1c9e-0d7c-4a51-9d0c-3a7f0f3f5f10",
    "path": "folder/file.txt",
}
CONVERTED = re.compile(r"<(?:(\w+):)?\w+>")


def every_address() -> Iterator[tuple[str, Callable[..., Any]]]:
    """
    Yield a path that fits, and the view, for each pattern of the project, Wagtail's included.

    Last those of page types whose address is fixed, each with the type in place of the view.
    """
    yield from _under(get_resolver(), "")
    for model in get_page_models():
        if slug := getattr(model, "fixed_slug", None):
            yield f"/en/{slug}/", model


def _under(resolver: URLResolver, before: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        path = before + _example(entry)
        if isinstance(entry, URLResolver):
            yield from _under(entry, path)
        else:
            yield f"/{path}", entry.callback


def _example(entry: URLPattern | URLResolver) -> str:
    pattern = entry.pattern
    if not isinstance(pattern, RegexPattern):
        return CONVERTED.sub(lambda found: EXAMPLES.get(found[1] or "str", "text"), str(pattern))
    form, names = normalize(pattern.regex.pattern)[0]
    return form % dict.fromkeys(names, "text")
