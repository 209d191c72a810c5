"""
What becomes of what somebody has written when their account is deleted: each room says and does it.

Rooms register in `AppConfig.ready()`; the account itself, with its address and its ways of signing
in, is deleted by `actions.delete_account` when all have done their part.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.stakeholders.models import User


@dataclass(frozen=True)
class Leaving:
    """
    A room's rule for what is somebody's when they leave.

    `told` gives the sentences that the owner reads before they decide, none where nothing in this
    room is theirs. `leave` is called in the transaction of the deletion, with the moment and with
    whether what they wrote publicly is to be erased; else it stays, without their name. `chooses`
    tells whether there is anything for which that makes a difference.
    """

    told: Callable[[User], list[str]]
    leave: Callable[[User, datetime, bool], None]
    chooses: Callable[[User], bool] = lambda user: False


_rooms: list[Leaving] = []


def register(room: Leaving) -> None:
    """Have a room asked and told when an account is deleted."""
    if room not in _rooms:
        _rooms.append(room)


def told(user: User) -> list[str]:
    """Return what becomes of all that is somebody's, in sentences."""
    return [sentence for room in _rooms for sentence in room.told(user)]


def has_choice(user: User) -> bool:
    """Return whether there is something that can stay without a name or be erased."""
    return any(room.chooses(user) for room in _rooms)


def leave(user: User, at: datetime, *, erase: bool) -> None:
    """Have every room do its part."""
    for room in _rooms:
        room.leave(user, at, erase)
