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
    StateFactory(iso2="NO", subscribing=True)
    assert found("Norway") == []
    assert refresh_state_cards() == 1
    assert "/en/states/no/" in found("Norway")[0]


@pytest.mark.parametrize("name", ["Egypt", "Égypte", "Египет", "مصر", "EG"])
def test_a_state_that_was_never_invited_is_found_in_any_language(name):
    StateFactory(iso2="EG", summit_2021="")
    refresh_state_cards()
    assert "/en/states/eg/" in found(name)[0]


def test_those_not_on_the_list_do_not_answer_for_the_code():
    StateFactory(iso2="EG")
    StateFactory(iso2="NO", subscribing=True)
    refresh_state_cards()
    assert [title for title, _url in found("subscribing code of conduct")] == ["Norway"]


def test_refreshing_takes_as_many_queries_for_many_states(django_assert_max_num_queries):
    StateFactory.create_batch(30)
    with django_assert_max_num_queries(6):
        refresh_state_cards()
