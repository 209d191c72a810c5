"""The indices behind the aliases of a real Elasticsearch."""

import pytest
from elasticsearch import NotFoundError

from portal.search.cards import put_many
from portal.search.elastic import indices
from portal.search.elastic.bulk import Fate, removing, send, writing
from portal.search.elastic.client import get_client
from portal.search.models import Card, OutboxRow
from tests.portal.search.factories import card, put_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(elasticsearch):
    """Make an index behind the alias that is being built; deleted with the test."""

    def make(*aliases: str) -> str:
        name = indices.new_name()
        indices.create(name, *(aliases or [indices.building_alias()]))
        return name

    return make


@pytest.mark.parametrize(
    ("replicas", "name", "value"),
    [("0", "number_of_replicas", "0"), ("0-1", "auto_expand_replicas", "0-1")],
)
def test_shards_and_replicas_are_those_of_the_settings(
    elasticsearch, settings, made, replicas, name, value
):
    settings.ELASTICSEARCH_SHARDS = 2
    settings.ELASTICSEARCH_REPLICAS = replicas
    index = made()
    its = elasticsearch.indices.get_settings(index=index)[index]["settings"]["index"]
    assert its["number_of_shards"] == "2"
    assert its[name] == value


def test_the_first_one_is_searched_once_all_cards_are_entered(elasticsearch):
    put_many([card(key="1"), card(key="2")])
    OutboxRow.objects.all().delete()
    indices.discard(indices.live())
    assert indices.live() == []
    indices.ensure()
    (index,) = indices.live()
    indices.ensure()
    assert indices.live() == [index]
    assert OutboxRow.objects.count() == 2


def test_of_two_that_were_made_at_once_the_newer_stays(made):
    newer = made(indices.search_alias())
    assert len(indices.live()) == 2
    indices.ensure()
    assert indices.live() == [newer]


def test_a_swap_is_whole(made):
    (old,) = indices.live()
    new = made()
    assert indices.writable() == sorted([old, new])
    indices.swap(new, [old])
    assert indices.live() == indices.writable() == [new]
    assert indices.leftovers() == [old]


def test_what_is_no_longer_being_built_is_not_swapped_in(made):
    (old,) = indices.live()
    new = made()
    indices.discard([new])
    with pytest.raises(NotFoundError):
        indices.swap(new, [old])
    assert indices.live() == [old]


def test_an_index_that_is_gone_is_not_made_by_writing(elasticsearch, made):
    put_card(key="1")
    index = made()
    indices.discard([index])
    actions = [removing(index, "guide", "1", 1), writing(index, Card.objects.get(), 1)]
    for action in actions:
        (result,) = send([action])
        assert result.fate is Fate.GONE
    assert not elasticsearch.indices.get(index=f"{index}*").body


def test_those_of_a_portal_with_a_longer_name_are_not_ours(settings, made):
    ours = indices.search_alias()
    settings.ELASTICSEARCH_INDEX = f"{ours}-trial"
    theirs = made()
    settings.ELASTICSEARCH_INDEX = ours
    assert theirs not in indices.leftovers() + indices.writable()
    settings.ELASTICSEARCH_INDEX = f"{ours}-trial"
    indices.discard([theirs])
    settings.ELASTICSEARCH_INDEX = ours


def test_one_client_for_one_setting(settings, elasticsearch):
    assert get_client() is elasticsearch
    settings.ELASTICSEARCH_API_KEY = "another"
    assert get_client() is not elasticsearch


def test_another_node_is_asked_where_one_is_gone(settings, elasticsearch):
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1", *settings.ELASTICSEARCH_URL]
    for _ in range(4):
        assert get_client().ping()
