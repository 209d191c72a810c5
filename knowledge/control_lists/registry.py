"""Who relies on control-list entries: rooms above say which of their pages cite one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.cms.shelves import Teaser


@dataclass(frozen=True)
class CitedBy:
    """A page that cites an entry, as lists show it, and the day on which it was last reviewed."""

    entry: Teaser
    reviewed_on: date | None


@dataclass(frozen=True)
class Citing:
    """
    One kind of page that cites entries.

    `pages(entry)` returns those that anyone may read. `changed(entry)` is told when an entry has
    another text.
    """

    key: str
    pages: Callable[[object], Sequence[CitedBy]]
    changed: Callable[[object], None]


_kinds: dict[str, Citing] = {}


def register(citing: Citing) -> None:
    """Offer a kind of page that cites entries; the same key again replaces it."""
    _kinds[citing.key] = citing


def cited_by(entry: object) -> list[CitedBy]:
    """Return the published pages that cite an entry."""
    return [each for citing in _kinds.values() for each in citing.pages(entry)]


def tell_changed(entry: object) -> None:
    """Tell the rooms above that an entry has another text."""
    for citing in _kinds.values():
        citing.changed(entry)
