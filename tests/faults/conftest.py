"""What the long runs stand on: the same fixtures as the rooms' own tests."""

from pathlib import Path

import pytest

from tests.consultations.conftest import consultations
from tests.faults.upgrades import database

__all__ = ["consultations", "database"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit empty the database behind them: last come those that need no site there."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents and _commits_without_a_site(item))


def _commits_without_a_site(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    return commits and "site_tree" not in item.fixturenames  # type: ignore[attr-defined]
