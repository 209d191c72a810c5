"""The kinds of thing that are searchable: each room registers its own in `AppConfig.ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.search.cards import CardData


@dataclass(frozen=True)
class Kind:
    """
    A kind of searchable thing.

    `label` names one ("Guide"), `plural` many ("Guides"). `cards()` yields the card of every
    such thing that may be found at all, so that `rebuild_search` can write them anew; it should
    read the database in chunks.
    """

    key: str
    label: str | Promise
    plural: str | Promise
    cards: Callable[[], Iterable[CardData]]


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind known; the same key again replaces it."""
    _kinds[kind.key] = kind


def all_kinds() -> list[Kind]:
    """Every kind, in the order of registration."""
    return list(_kinds.values())
