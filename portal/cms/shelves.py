"""
Shelves: how the home page and the commitment pages show what the features publish.

A feature registers a shelf in its `AppConfig.ready()`; the pages, which know no feature, show all
of them in order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise


class LevelFact(str):
    """A fact that tells a level in words; `level` is its key, for what draws it as steps."""

    level: str

    def __new__(cls, words: str, level: str) -> "LevelFact":
        fact = super().__new__(cls, words)
        fact.level = level
        return fact


@dataclass(frozen=True)
class Exchange:
    """Words on one theme: what was said, and what was done because of it; all are plain text."""

    theme: str
    said: str
    did: str


@dataclass(frozen=True)
class Teaser:
    """
    An entry on a shelf; `meta` are short facts shown beneath: plain text, or a name isolated.

    `drawing` is the name of the pictogram that says what `kind` says. Something can be done there
    from `begins_at` until `ends_at` (aware); `deed` are the words of a link that leads to it, at
    `deed_href`. Where something came of it, `points` says of how many, and `exchange` tells the
    first.
    """

    title: str
    href: str
    summary: str = ""
    kind: str | Promise = ""
    drawing: str = ""
    meta: Sequence[str] = field(default_factory=list)
    language: str = ""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    deed: str | Promise = ""
    deed_href: str = ""
    points: int = 0
    exchange: Exchange | None = None


@dataclass(frozen=True)
class Shelf:
    """
    A titled list of what a feature publishes.

    `teasers(commitment, limit)` gives at most `limit` public entries in the feature's own order:
    those of one commitment (a key of the vocabulary), or all where `commitment` is None.
    `more_href()` is the address of the whole list. As many entries as `leads` says stand at the
    head of the home page; a shelf that is `only_there` stands on it nowhere else, and is asked for
    all that it has, so that the head can tell how many more there are. `nothing` is what the head
    says where the shelf is empty.
    """

    key: str
    title: str | Promise
    order: int
    teasers: Callable[[str | None, int], Sequence[Teaser]]
    more_href: Callable[[], str]
    more_text: str | Promise
    leads: int = 0
    only_there: bool = False
    nothing: str | Promise = ""


# All that is open at one time, in any year that we can think of.
MOST = 1000


@dataclass(frozen=True)
class DotMap:
    """
    The world as dots on a grid of `columns` and `rows`, as the component `dots` draws it.

    `land` and `marked` are the paths of an SVG, a line for each run of cells.
    """

    land: str
    marked: str
    columns: int
    rows: int


@dataclass(frozen=True)
class Panorama:
    """
    Glance at who takes part: the world with a sentence to it, and where more is told.

    `count` is how many are marked, and `what` the words that follow that number.
    """

    title: str | Promise
    text: str
    count: int
    what: str
    world: DotMap
    more_href: str
    more_text: str | Promise


_shelves: dict[str, Shelf] = {}
_panoramas: dict[str, Callable[[], Panorama | None]] = {}


def register(shelf: Shelf) -> None:
    """Offer a shelf; the same key again replaces it."""
    _shelves[shelf.key] = shelf


def register_panorama(key: str, read: Callable[[], Panorama | None]) -> None:
    """
    Offer a panorama; the same key again replaces it.

    `read` asks the database once, and returns None where there is nothing to show.
    """
    _panoramas[key] = read


def panoramas() -> list[Panorama]:
    """Return what is registered and has something to show."""
    return [shown for read in _panoramas.values() if (shown := read())]


def all_shelves() -> list[Shelf]:
    """Return every registered shelf in its order."""
    return sorted(_shelves.values(), key=lambda shelf: shelf.order)


@dataclass(frozen=True)
class FilledShelf:
    """A shelf with what is on it, as a template shows it."""

    key: str
    title: str | Promise
    teasers: Sequence[Teaser]
    more_href: str
    more_text: str | Promise
    leads: int
    only_there: bool
    nothing: str | Promise


def filled_shelves(commitment: str | None, limit: int) -> list[FilledShelf]:
    """Return every shelf that has something under `commitment` (all of it where None), in order."""
    return [
        filled for shelf in all_shelves() if (filled := _filled(shelf, commitment, limit)).teasers
    ]


def home_shelves(limit: int) -> tuple[list[FilledShelf], list[FilledShelf]]:
    """Return the shelves at the head of the home page, and those below, each asked for once."""
    filled = [_filled(shelf, None, MOST if shelf.only_there else limit) for shelf in all_shelves()]
    head = [shelf for shelf in filled if shelf.leads and (shelf.teasers or shelf.nothing)]
    return head, [shelf for shelf in filled if shelf.teasers and not shelf.only_there]


def _filled(shelf: Shelf, commitment: str | None, limit: int) -> FilledShelf:
    return FilledShelf(
        shelf.key,
        shelf.title,
        shelf.teasers(commitment, limit),
        shelf.more_href(),
        shelf.more_text,
        shelf.leads,
        shelf.only_there,
        shelf.nothing,
    )
