"""How tests of the contract ask the engine in use."""

from datetime import UTC, datetime

from portal.search.engines import get_engine
from portal.search.models import OutboxRow
from portal.search.query import SearchQuery
from portal.search.vocabulary.statistics import count_words


def delivered():
    """Elasticsearch, where it is in use, has heard of all cards."""
    if OutboxRow.objects.exists():
        from portal.search.elastic.delivery import deliver_due

        OutboxRow.objects.update(due_at=datetime(2000, 1, 1, tzinfo=UTC))
        deliver_due()
        assert not OutboxRow.objects.exists()


def search(text="", **query):
    delivered()
    return get_engine().search(SearchQuery(text, **query))


def found(text="", **query):
    """Keys of what is found, in order."""
    return [hit.key for hit in search(text, **query).hits]


def vocabulary_known():
    """The databases count their words now and then; Elasticsearch knows them at once."""
    count_words()
    delivered()


def counts(page, name):
    return {
        option.value: option.count
        for group in page.facets
        if group.name == name
        for option in group.options
    }
