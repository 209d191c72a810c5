"""What waits for somebody, said at the head of their account's page: each room says its own."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Waiting(NamedTuple):
    """A sentence on what waits, and the address where it is done."""

    text: str
    href: str


# What is asked is somebody who is signed in: the rooms above know accounts.
Room = Callable[[Any], Iterable[Waiting]]
_rooms: list[Room] = []


def register(room: Room) -> None:
    """Have a room asked what waits for somebody; called in `AppConfig.ready()`."""
    if room not in _rooms:
        _rooms.append(room)


def waiting_for(user: Any) -> list[Waiting]:
    """Return all that waits for somebody, room by room."""
    return [each for room in _rooms for each in room(user)]
