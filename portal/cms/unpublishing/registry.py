"""
How pages of a type may end, beside being unpublished without more.

A room above registers the ends of its page type in its `AppConfig.ready()`. Each is asked for by
one person and decided by another, as unpublishing is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from wagtail.models import Page


@dataclass(frozen=True)
class End:
    """A way in which a page ends; `told` says to editors what readers then find."""

    key: str
    label: str | Promise
    told: str | Promise
    needs_successor: bool = False


@dataclass(frozen=True)
class Ends:
    """
    All ends of a page type.

    `successors(page)` are the pages that may take its place; `act(page, request)` is called in the
    transaction that takes the page down, with the request that was granted.
    """

    ends: Sequence[End]
    successors: Callable[[Any], Any]
    act: Callable[[Any, Any], None]

    def end(self, key: str) -> End | None:
        return next((each for each in self.ends if each.key == key), None)


_ends: dict[type[Page], Ends] = {}


def register(model: type[Page], ends: Ends) -> None:
    """Give a page type its ends; the same type again replaces them."""
    _ends[model] = ends


def ends_of(page: Page) -> Ends | None:
    """Return the ends of a page of its own type; None where it can only be unpublished."""
    return _ends.get(type(page))
