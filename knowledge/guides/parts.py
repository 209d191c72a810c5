"""
What rooms above add to the page of a guide.

Each registers its parts in its `AppConfig.ready()`: a template and what it is given. Nothing is
shown where a part has nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.http import HttpRequest

Place = Literal["status", "about", "beneath", "foot"]


@dataclass(frozen=True)
class GuidePart:
    """
    One part of a guide's page: an item of its status line, of what is told about it, or its foot.

    `context(guide, request)` returns what the template is given under `part`; None leaves it out.
    What stands beneath headings returns that by the headings' anchors.
    """

    key: str
    place: Place
    template: str
    context: Callable[[Any, HttpRequest], Any | None]


_parts: dict[str, GuidePart] = {}


def register(part: GuidePart) -> None:
    """Add a part; the same key again replaces it."""
    _parts[part.key] = part


def parts_of(guide: Any, request: HttpRequest) -> dict[str, list[tuple[str, Any]]]:
    """Return the parts of a guide's page by their place: (template, what it is given)."""
    found: dict[str, list[tuple[str, Any]]] = {place: [] for place in get_args(Place)}
    for part in _parts.values():
        if (given := part.context(guide, request)) is not None:
            found[part.place].append((part.template, given))
    return found
