"""What tests of the mirror in Elasticsearch share."""

import pytest

from portal.search.elastic import indices, rebuild


@pytest.fixture
def nowhere(settings):
    """Elasticsearch is set, and nobody listens at its address."""
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]


@pytest.fixture
def held(elasticsearch):
    """What the index that is searched holds: key to title."""

    def read() -> dict[str, str]:
        found = elasticsearch.search(index=indices.search_alias(), size=1_000)
        documents = [hit["_source"] for hit in found["hits"]["hits"]]
        return {one["key"]: "".join(one.get("title", {}).values()) for one in documents}

    return read


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """A rebuild waits for nothing that takes a real cluster its time."""
    monkeypatch.setattr(rebuild, "GRACE_SECONDS", 0)
    monkeypatch.setattr(rebuild, "PATIENCE", (0, 0, 0))
