"""A path of two guides, each with a version, and a room in which files are made."""

import pytest

from portal.made import actions, waiting_room
from portal.made.waiting_room import WaitingRoom
from tests.knowledge.learning.building import guide_with_version, path_of


@pytest.fixture
def path(site_tree):
    one = guide_with_version(title="One guide", slug="one")
    return path_of(one, guide_with_version(title="Other guide", slug="other"))


@pytest.fixture
def room(monkeypatch, settings, tmp_path):
    """An empty room, and a folder of its own for what is made."""
    place = {**settings.CACHES["made"], "LOCATION": str(tmp_path / "made")}
    settings.CACHES = {**settings.CACHES, "made": place}
    fresh = WaitingRoom()
    monkeypatch.setattr(waiting_room, "room", fresh)
    monkeypatch.setattr(actions, "room", fresh)
    return fresh
