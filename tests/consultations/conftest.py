"""What every test of a consultation stands on."""

import pytest


@pytest.fixture
def consultations(site_tree):
    """The list of consultations at its real address."""
    return site_tree.consultations
