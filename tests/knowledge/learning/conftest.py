"""A path of two guides, each with a version, and a room in which files are made."""

import pytest

from tests.knowledge.learning.building import guide_with_version, path_of
from tests.waiting_files import empty_room


@pytest.fixture
def path(site_tree):
    one = guide_with_version(title="One guide", slug="one")
    return path_of(one, guide_with_version(title="Other guide", slug="other"))


@pytest.fixture
def room(monkeypatch, tmp_path):
    """An empty room, and a folder of its own for what is made."""
    with empty_room(monkeypatch, tmp_path / "made") as fresh:
        yield fresh
