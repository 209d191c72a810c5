"""
Who holds what stands in the record: the rooms that know say so to whoever shows that it is theirs.

Somebody shows it by an entry's receipt, by the file of what they had written, or by a code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.http import HttpRequest

from portal.web.errors import NotRight


class Unknown(NotRight):
    """Refusal of what opens nothing; the message says why, and what to do."""


@dataclass(frozen=True)
class Holding:
    """
    An entry as a room keeps it for its holder.

    `day` is the UTC day of the entry. `subject` is what the answer is called in the middle of a
    sentence, and `facts` are labels and values; both empty where no more may be said than that
    there is an entry. `fits`: what the room keeps, and what was shown, is what was entered.
    """

    leaf: str
    day: date
    subject: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    fits: bool = True


class Room(Protocol):
    """A room's way to find what is its own."""

    def of_leaf(self, leaf: str) -> Holding | None:
        """Return what is kept of an entry, whose receipt was shown; None where it is not ours."""

    def of_content(self, salt: bytes, content: Mapping[str, Any]) -> Holding | None:
        """Return what was written with this salt, whether or not it says the same."""

    def of_code(self, request: HttpRequest, typed: str) -> Holding:
        """Return what a code opens. Raises Unknown, or TooMuch; counts what is tried."""


_rooms: list[Room] = []


def register(room: Room) -> None:
    """Have a room asked. Called in `AppConfig.ready()`."""
    if room not in _rooms:
        _rooms.append(room)


def of_leaf(leaf: str) -> Holding | None:
    """Return what any room keeps of an entry."""
    return next((found for room in _rooms if (found := room.of_leaf(leaf))), None)


def of_content(salt: bytes, content: Mapping[str, Any]) -> Holding | None:
    """Return what any room has of these words."""
    return next((found for room in _rooms if (found := room.of_content(salt, content))), None)


def of_code(request: HttpRequest, typed: str) -> Holding:
    """Return what a code opens in the first room that has codes. Raises Unknown, or TooMuch."""
    for room in _rooms:
        return room.of_code(request, typed)
    raise Unknown
