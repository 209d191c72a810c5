"""
What each room keeps of somebody, and what becomes of it when their account is deleted.

Rooms register in `AppConfig.ready()`; the account itself, with its address and its ways of signing
in, is deleted by `actions.delete_account` when all have done their part.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.stakeholders.models import User


@dataclass(frozen=True)
class Kept:
    """
    All that a room keeps of somebody: `rows` by a word for what they are, as JSON takes them.

    `files` are bytes by the name that they get, read one by one.
    """

    rows: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Callable[[], bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Leaving:
    """
    A room's rule for what is somebody's when they leave.

    `told` gives the sentences that the owner reads before they decide, none where nothing in this
    room is theirs. `leave` is called in the transaction of the deletion, with the moment and with
    whether what they wrote publicly is to be erased; else it stays, without their name. `chooses`
    tells whether there is anything for which that makes a difference. `waits` gives sentences, for
    administrators, on what somebody has begun as staff that a second person has yet to decide.

    `kept` gives all that is kept of somebody. It is told whether the owner themself asks for it: an
    administrator gets nothing by it that no page shows them.
    """

    told: Callable[[User], list[str]]
    leave: Callable[[User, datetime, bool], None]
    chooses: Callable[[User], bool] = lambda user: False
    waits: Callable[[User], list[str]] = lambda user: []
    kept: Callable[[User, bool], Kept] = lambda user, for_owner: Kept()


_rooms: list[Leaving] = []


def register(room: Leaving) -> None:
    """Have a room asked and told when an account is deleted."""
    if room not in _rooms:
        _rooms.append(room)


def told(user: User) -> list[str]:
    """Return what becomes of all that is somebody's, in sentences."""
    return [sentence for room in _rooms for sentence in room.told(user)]


def waits(user: User) -> list[str]:
    """Return what becomes of what somebody has begun as staff and a second has yet to decide."""
    return [sentence for room in _rooms for sentence in room.waits(user)]


def kept(user: User, *, for_owner: bool) -> Iterable[Kept]:
    """Return all that is kept of somebody, room by room."""
    return [room.kept(user, for_owner) for room in _rooms]


def has_choice(user: User) -> bool:
    """Return whether there is something that can stay without a name or be erased."""
    return any(room.chooses(user) for room in _rooms)


def leave(user: User, at: datetime, *, erase: bool) -> None:
    """Have every room do its part."""
    for room in _rooms:
        room.leave(user, at, erase)
