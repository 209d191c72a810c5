"""Saved searches for tests."""

from typing import Any

from portal.saved_searches.actions import save_search
from portal.saved_searches.models import SavedSearch
from portal.stakeholders.models import User


def saved(owner: User, query: str = "q=surveillance", **fields: Any) -> SavedSearch:
    """A search that this person keeps, told daily."""
    wanted = {"name": "Cameras", "frequency": "daily", "language": "en", **fields}
    return save_search(owner=owner, query=query, **wanted).search
