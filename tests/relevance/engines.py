"""The engines at hand, measured over the cards that the database has at that moment."""

from pathlib import Path

from django.db import connection
from django.test import override_settings

from portal.search.engines import database_engine
from tests.relevance.measuring import Measured, measure


def measure_database(file: Path) -> Measured:
    """The database's own engine: "sqlite" or "postgresql"."""
    return measure(connection.vendor, database_engine(), file)


def measure_elasticsearch(address: str, alias: str, file: Path) -> Measured:
    """Elasticsearch at this address, by itself, over an index of its own that goes afterwards."""
    from portal.search.elastic import indices
    from portal.search.elastic.client import get_client
    from portal.search.elastic.engine import ElasticsearchEngine
    from portal.search.elastic.rebuild import rebuild_index

    with override_settings(
        ELASTICSEARCH_URL=[address], ELASTICSEARCH_INDEX=alias, ELASTICSEARCH_REPLICAS="0"
    ):
        try:
            for _ in rebuild_index():
                pass
            # What it finds is measured, not how soon: a busy machine has all the time it needs.
            return measure("elasticsearch", ElasticsearchEngine(seconds=60), file)
        finally:
            for index in indices.live():
                get_client().indices.delete(index=index)
