import pytest

from tests.portal.proofreading.french import speak_french


@pytest.fixture
def french(settings, tmp_path):
    """The catalogue of the portal in French, outside the demonstration; nobody has read it."""
    return speak_french(settings, tmp_path)
