"""An empty room of a test's own in which files are made (`portal.made`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import caches

from portal.made import actions, waiting_room
from portal.made.waiting_room import WaitingRoom


@contextmanager
def empty_room(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[WaitingRoom]:
    """
    Let nothing wait, and keep what is made in a folder meanwhile.

    Setting CACHES anew would make every cache anew: the store of limits holds a connection of its
    own, which would stay open in PostgreSQL.
    """
    place = caches.settings["made"]
    before = place["LOCATION"]
    place["LOCATION"] = str(folder)
    _forget()
    fresh = WaitingRoom()
    monkeypatch.setattr(waiting_room, "room", fresh)
    monkeypatch.setattr(actions, "room", fresh)
    try:
        yield fresh
    finally:
        place["LOCATION"] = before
        _forget()


def _forget() -> None:
    if any(cache is caches["made"] for cache in caches.all(initialized_only=True)):
        del caches["made"]
