import pytest

from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import screener


@pytest.fixture
def page(consultations):
    """A consultation that asks one question of every kind."""
    return ConsultationPageFactory(title="Warning signs", slug="signs", questionnaire=True)


@pytest.fixture
def by(db):
    return screener(email="first@staff.example", name="First Screener")


@pytest.fixture
def other(db):
    return screener(email="second@staff.example", name="Second Screener")
