"""
Tests of the index begin with an empty one, and so do those of Elasticsearch.

Where ELASTICSEARCH_URL names a node, tests that ask for `elasticsearch` use it, each process with
an index of its own that is emptied between them. Without one they are skipped; continuous
integration has one.
"""

import os
import time
from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from portal.search.models import Card, FacetSet, OutboxRow


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


@pytest.fixture(scope="session")
def elasticsearch_alias() -> Iterator[str]:
    """The alias of this process's index; what stands behind it is deleted at the end."""
    alias = f"test-{os.getpid()}-cards"
    yield alias
    if configured.ELASTICSEARCH_FOR_TESTS:
        from elasticsearch import Elasticsearch

        client = Elasticsearch(configured.ELASTICSEARCH_FOR_TESTS)
        for index in client.indices.get(index=f"{alias}-*"):
            client.indices.delete(index=index)


@pytest.fixture
def elasticsearch(db, settings, empty_index, elasticsearch_address, elasticsearch_alias):
    """The real node in use, through a client, with an empty index behind the alias."""
    from portal.search.circuit_breaker import breaker
    from portal.search.elastic import indices
    from portal.search.elastic.client import get_client

    settings.ELASTICSEARCH_URL = [elasticsearch_address]
    settings.ELASTICSEARCH_INDEX = elasticsearch_alias
    settings.ELASTICSEARCH_REPLICAS = "0"
    breaker.succeeded()
    indices.ensure()
    _begin_versions_anew()
    client = get_client()
    yield client
    indices.discard(indices.leftovers())
    for index in indices.live():
        client.delete_by_query(
            index=index, query={"match_all": {}}, refresh=True, conflicts="proceed"
        )
    breaker.succeeded()


def _begin_versions_anew() -> None:
    """
    Rows of the outbox get ids above those of all tests before.

    A database may take ids back with the test; Elasticsearch remembers them as versions.
    """
    above = time.time_ns() // 1000
    OutboxRow.objects.all().delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('search_outboxrow', 'id'), %s)", [above]
            )
    else:
        now = timezone.now()
        OutboxRow.objects.create(pk=above, kind="", key="", added_at=now, due_at=now).delete()
