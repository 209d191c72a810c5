"""States in the search."""

import pytest

from knowledge.states.actions import refresh_state_cards
from portal.search.engines import get_engine
from portal.search.query import SearchQuery
from tests.knowledge.factories import StateFactory

pytestmark = pytest.mark.django_db


def found(text: str) -> list[tuple[str, str]]:
    page = get_engine().search(SearchQuery(text=text, filters={"kind": ["state"]}))
    return [(str(hit.title), hit.url) for hit in page.hits]


def test_a_state_is_found_by_its_name_after_a_refresh():
    norway = StateFactory(iso2="NO", name="Norvay", subscribing=True)
    assert refresh_state_cards() == 1
    assert "/en/states/no/" in found("Norvay")[0]
    norway.name = "Norway"
    norway.save()
    refresh_state_cards()
    assert found("Norvay") == []
    assert len(found("Norway")) == 1


def test_refreshing_takes_as_many_queries_for_many_states(django_assert_max_num_queries):
    StateFactory.create_batch(30)
    with django_assert_max_num_queries(6):
        refresh_state_cards()
