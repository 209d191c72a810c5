"""Who cites: rooms above say which of their pages cite a source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.cms.shelves import Teaser


@dataclass(frozen=True)
class CitedBy:
    """A page that cites a source: as lists show it, and the places that it names."""

    entry: Teaser
    pinpoints: Sequence[str]


@dataclass(frozen=True)
class Citing:
    """
    One kind of page that cites.

    `pages(source)` returns those that anyone may read, in the reader's language first. `is_cited`
    also knows drafts. `changed(source)` is told when what readers see of a source has changed.
    """

    key: str
    pages: Callable[[object], Sequence[CitedBy]]
    is_cited: Callable[[object], bool]
    changed: Callable[[object], None]


_kinds: dict[str, Citing] = {}


def register(citing: Citing) -> None:
    """Offer a kind of page that cites; the same key again replaces it."""
    _kinds[citing.key] = citing


def cited_by(source: object) -> list[CitedBy]:
    """Return the published pages that cite a source."""
    return [each for citing in _kinds.values() for each in citing.pages(source)]


def is_cited(source: object) -> bool:
    """Say whether any page cites a source, drafts and earlier versions included."""
    return any(citing.is_cited(source) for citing in _kinds.values())


def tell_changed(source: object) -> None:
    """Tell the rooms above that what readers see of a source has changed."""
    for citing in _kinds.values():
        citing.changed(source)
