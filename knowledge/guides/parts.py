"""
What rooms above add to the page of a guide.

Each registers its parts in its `AppConfig.ready()`: a template and what it is given. Nothing is
shown where a part has nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.db.models import Exists, Subquery
from django.http import HttpRequest

Place = Literal["status", "about", "beneath", "foot"]


@dataclass(frozen=True)
class GuidePart:
    """
    One part of a guide's page: an item of its status line, of what is told about it, or its foot.

    `context(guide, request)` returns what the template is given under `part`; None leaves it out.
    What stands beneath headings returns that by the headings' anchors. `has` makes a query about
    the guide `OuterRef("pk")`, put in the one that finds it: where that says no, nothing is asked.
    """

    key: str
    place: Place
    template: str
    context: Callable[[Any, HttpRequest], Any | None]
    has: Callable[[], Exists | Subquery] | None = None

    @property
    def name(self) -> str:
        """Return its key as a name in a query."""
        return self.key.replace("-", "_")


_parts: dict[str, GuidePart] = {}


def register(part: GuidePart) -> None:
    """Add a part; the same key again replaces it."""
    _parts[part.key] = part


def asked() -> dict[str, Exists | Subquery]:
    """Return by name what is asked of a guide for the parts of its page."""
    return {each.name: each.has() for each in _parts.values() if each.has}


def parts_of(guide: Any, request: HttpRequest) -> dict[str, list[tuple[str, Any]]]:
    """Return the parts of a guide's page by their place: (template, what it is given)."""
    found: dict[str, list[tuple[str, Any]]] = {place: [] for place in get_args(Place)}
    for part in _parts.values():
        if not guide.carries(part.name):
            continue
        if (given := part.context(guide, request)) is not None:
            found[part.place].append((part.template, given))
    return found
