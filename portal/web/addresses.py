"""Addresses of a page that asks for something, with some of it changed."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode


def href(
    kept: Mapping[str, str] | Iterable[tuple[str, str]], path: str = "", **changed: object
) -> str:
    """
    Return the address of a path that asks for what is kept, with parameters changed or added.

    What is empty is left out, so "" takes a parameter away. Without a path it is relative: the page
    that it stands on.
    """
    pairs = kept.items() if isinstance(kept, Mapping) else kept
    asked = [(name, value) for name, value in pairs if value and name not in changed]
    query = urlencode([*asked, *((name, value) for name, value in changed.items() if value)])
    return f"{path}?{query}" if query else path or "?"
