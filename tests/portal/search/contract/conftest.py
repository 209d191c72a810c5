"""
What every engine does. Each test of this folder runs on the engine of the suite's database, SQLite
by default and PostgreSQL where DATABASE_URL names one, and on a real Elasticsearch where
ELASTICSEARCH_URL does.

Where engines differ with good reason, the test says which and why.
"""

import pytest


@pytest.fixture(autouse=True, params=["database", "elasticsearch"])
def engine(request, settings):
    """The name of the engine in use; `get_engine()` gives it, without another behind it."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
        settings.SEARCH_ENGINE = "portal.search.elastic.engine.ElasticsearchEngine"
    return request.param
