"""
Additions: what a feature says on a page of text whose address is fixed, beside editors' words.

A feature registers one in its `AppConfig.ready()`; the page, which knows no feature, shows it
above its own text. For what follows from the code: rules that it holds to, counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Addition:
    """
    A section for the page at `path` ("about/moderation/", in whichever language).

    `template` is included with what `context()` gives, as `added`. `title` stands in the list of
    contents and leads to `#<anchor>`, which the template has.
    """

    path: str
    anchor: str
    title: str | Promise
    template: str
    context: Callable[[], Any]


_additions: dict[str, Addition] = {}


def register_addition(addition: Addition) -> None:
    """Offer an addition; another for the same page replaces it."""
    _additions[addition.path] = addition


def addition_to(url_path: str) -> Addition | None:
    """Return what is added to the page whose path in the tree ends so; None for most."""
    return next((each for path, each in _additions.items() if url_path.endswith(f"/{path}")), None)
