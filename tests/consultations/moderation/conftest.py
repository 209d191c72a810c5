from datetime import timedelta

import pytest

from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import AT, screener


@pytest.fixture
def page(consultations):
    """A consultation that asked one question of every kind, and has closed before `AT`."""
    return ConsultationPageFactory(
        title="Warning signs",
        slug="signs",
        questionnaire=True,
        opens_at=AT - timedelta(weeks=14),
        closes_at=AT - timedelta(days=5),
    )


@pytest.fixture
def by(db):
    return screener(email="first@staff.example", name="First Screener")


@pytest.fixture
def other(db):
    return screener(email="second@staff.example", name="Second Screener")
