"""Tests of the index begin with an empty one."""

import pytest

from portal.search.models import Card, FacetSet


@pytest.fixture(autouse=True)
def empty_index(request):
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        Card.objects.all().delete()
        FacetSet.objects.all().delete()
