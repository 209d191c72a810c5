"""
What the rooms above publish about a state.

This room lies lowest in its wing and knows none of them: each registers how to read its own in
its `AppConfig.ready()`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.cms.shelves import Teaser
from portal.stakeholders.models import State


@dataclass(frozen=True)
class PublishedAbout:
    """A titled list on a state's page; `teasers(state)` reads public entries in one query."""

    key: str
    title: str | Promise
    teasers: Callable[[State], Sequence[Teaser]]


_lists: dict[str, PublishedAbout] = {}


def register(published: PublishedAbout) -> None:
    """Offer a list; the same key again replaces it."""
    _lists[published.key] = published


def published_about(state: State) -> list[tuple[str, Sequence[Teaser]]]:
    """(title, entries) of every list that has something to say about the state."""
    found = [(str(each.title), each.teasers(state)) for each in _lists.values()]
    return [(title, teasers) for title, teasers in found if teasers]
