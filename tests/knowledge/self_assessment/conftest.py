"""A room of its own in which files are made, and where LibreOffice is."""

import os
import shutil

import pytest

from tests.waiting_files import empty_room


@pytest.fixture
def room(monkeypatch, tmp_path):
    """An empty room, and a folder of its own for what is made."""
    with empty_room(monkeypatch, tmp_path / "made") as fresh:
        yield fresh


@pytest.fixture(scope="session")
def soffice() -> str:
    """A headless LibreOffice. On a machine of our own it may be missing, in CI never."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing: .ci/run installs LibreOffice")
        pytest.skip("needs LibreOffice (soffice): the draft plan is opened in it")
    return found
