"""Cards for tests."""

from itertools import count
from typing import Any

from portal.search.cards import CardData, put

_numbers = count(1)


def card(title: str = "A guide", **fields: Any) -> CardData:
    """A public English guide's card with a key of its own; not written."""
    key = fields.pop("key", None) or str(next(_numbers))
    kind = fields.pop("kind", "guide")
    return CardData(kind=kind, key=key, title=title, url=f"/en/{kind}/{key}/", **fields)


def put_card(title: str = "A guide", **fields: Any) -> CardData:
    """The same, written."""
    one = card(title, **fields)
    put(one)
    return one
