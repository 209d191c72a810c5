"""Tests of the register make the states they speak of."""

import pytest

from portal.search.models import Card
from portal.stakeholders.models import State


@pytest.fixture(autouse=True)
def no_states(db):
    State.objects.all().delete()
    Card.objects.filter(kind="state").delete()
