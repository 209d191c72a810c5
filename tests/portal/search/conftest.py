"""
Tests of the index begin with an empty one, and so do those of Elasticsearch.

Where ELASTICSEARCH_URL names a node, tests that ask for `elasticsearch` use it, each with an index
of its own: what was deleted from one still counts in how it ranks, and in the versions that it
takes. Without a node they are skipped; continuous integration has one.
"""

import os

import pytest
from django.conf import settings as configured

from portal.search.models import Card, FacetSet


@pytest.fixture(autouse=True)
def empty_index(request):
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        Card.objects.all().delete()
        FacetSet.objects.all().delete()


@pytest.fixture(scope="session")
def elasticsearch_address() -> str:
    """Where a real node is; skips the test where there is none."""
    address = configured.ELASTICSEARCH_FOR_TESTS
    if not address:
        if os.environ.get("CI") == "true":
            pytest.fail("no Elasticsearch, and continuous integration needs one")
        pytest.skip("no Elasticsearch: name a node with ELASTICSEARCH_URL")
    return address


@pytest.fixture
def elasticsearch(db, settings, empty_index, elasticsearch_address):
    """The real node in use, through a client, with an empty index behind the alias."""
    from portal.search.circuit_breaker import breaker
    from portal.search.elastic import indices
    from portal.search.elastic.client import get_client

    settings.ELASTICSEARCH_URL = [elasticsearch_address]
    settings.ELASTICSEARCH_INDEX = f"test-{os.getpid()}-cards"
    settings.ELASTICSEARCH_REPLICAS = "0"
    breaker.succeeded()
    indices.ensure()
    client = get_client()
    yield client
    indices.discard([*indices.leftovers(), *indices.live()])
    breaker.succeeded()
