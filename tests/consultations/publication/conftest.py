from datetime import timedelta

import pytest

from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.publication.building import AT


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
