"""The kinds of thing that are searchable: each room registers its own in `AppConfig.ready()`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from portal.search.cards import CardData
from portal.search.query import Hit


class Cards(Protocol):
    """A kind's way to give its cards; see `Kind`."""

    def __call__(self, keys: Collection[str] | None = None, /) -> Iterable[CardData]: ...


@dataclass(frozen=True)
class Kind:
    """
    A kind of searchable thing.

    `label` names one ("Guide"), `plural` many ("Guides"). `cards()` yields the card of every
    such thing that may be found at all, so that `rebuild_search` can hold the index against them;
    it should read the database in chunks. `cards(keys)` yields the cards of those among them that
    have these keys, a hundred or so, read when it is called; other keys, whatever they look like,
    are passed over. `speakers(keys)` returns who speaks in those of these keys that everybody may
    read, for the search page: a name may be taken back, so the index keeps none. `marks(keys)`
    returns what readers must be told of those of these keys beside their titles, for what changes
    with the day and not with the index. `notes(keys)` returns what changed in those of these keys
    that are news again. `weighs` is how much its cards' words count for what comes first, beside
    the same words in another kind.
    """

    key: str
    label: str | Promise
    plural: str | Promise
    cards: Cards
    speakers: Callable[[Collection[str]], Mapping[str, str]] | None = None
    marks: Callable[[Collection[str]], Mapping[str, str]] | None = None
    notes: Callable[[Collection[str]], Mapping[str, str]] | None = None
    weighs: float = 1.0


# Digits of a primary key; the databases know no number with twenty.
LONGEST = 18

_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind known; the same key again replaces it."""
    _kinds[kind.key] = kind


def all_kinds() -> list[Kind]:
    """Return every kind, in the order of registration."""
    return list(_kinds.values())


def marks_of(hits: Iterable[Hit]) -> dict[tuple[str, str], str]:
    """Return what must be told beside hits, by kind and key; a query for each kind that tells."""
    return _told(hits, lambda kind: kind.marks)


def notes_of(hits: Iterable[Hit]) -> dict[tuple[str, str], str]:
    """Return what changed in hits that are news again, by kind and key; queries as `marks_of`."""
    return _told(hits, lambda kind: kind.notes)


def _told(
    hits: Iterable[Hit], of: Callable[[Kind], Callable[[Collection[str]], Mapping[str, str]] | None]
) -> dict[tuple[str, str], str]:
    hits = list(hits)
    found: dict[tuple[str, str], str] = {}
    for kind in _kinds.values():
        keys = [hit.key for hit in hits if hit.kind == kind.key]
        if keys and (ask := of(kind)):
            found |= {(kind.key, key): words for key, words in ask(keys).items()}
    return found


def weights() -> dict[str, float]:
    """Return each kind that weighs more or less than others, and how much."""
    return {kind.key: kind.weighs for kind in _kinds.values() if kind.weighs != 1}


def light_kinds() -> list[str]:
    """Return the kinds that weigh less than others: with these alone found, others are sought."""
    return [kind for kind, weight in weights().items() if weight < 1]


def numbers(keys: Iterable[str]) -> list[int]:
    """Return the primary keys among these keys, for kinds that use them; skip all others."""
    return [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) <= LONGEST]
