"""What every test of answering stands on."""

import pytest

from tests.consultations.responses.builders import consultation_that_asks


@pytest.fixture
def page(consultations):
    """An open consultation that asks three questions in two parts."""
    return consultation_that_asks()
