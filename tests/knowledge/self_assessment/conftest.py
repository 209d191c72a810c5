"""A room of its own in which files are made, and where LibreOffice is."""

import os
import shutil

import pytest

from portal.made import actions, waiting_room
from portal.made.waiting_room import WaitingRoom


@pytest.fixture
def room(monkeypatch, settings, tmp_path):
    """An empty room, and a folder of its own for what is made."""
    place = {**settings.CACHES["made"], "LOCATION": str(tmp_path / "made")}
    settings.CACHES = {**settings.CACHES, "made": place}
    fresh = WaitingRoom()
    monkeypatch.setattr(waiting_room, "room", fresh)
    monkeypatch.setattr(actions, "room", fresh)
    return fresh


@pytest.fixture(scope="session")
def soffice() -> str:
    """A headless LibreOffice. On a machine of our own it may be missing, in CI never."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing: .ci/run installs LibreOffice")
        pytest.skip("needs LibreOffice (soffice): the draft plan is opened in it")
    return found
