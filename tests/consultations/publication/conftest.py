import pytest

from tests.consultations.factories import ConsultationPageFactory


@pytest.fixture
def page(consultations):
    """A consultation that asks one question of every kind."""
    return ConsultationPageFactory(title="Warning signs", slug="signs", questionnaire=True)
