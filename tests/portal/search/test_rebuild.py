"""Writing the index anew."""

from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.search import registry
from portal.search.engines import get_engine
from portal.search.models import Card
from portal.search.query import SearchQuery
from portal.search.registry import Kind, register_kind
from tests.portal.search.factories import card, put_card


def total(text="spyware"):
    return get_engine().search(SearchQuery(text)).total


@pytest.fixture
def kinds(monkeypatch):
    """Two kinds and no other; their cards are the lists given back."""
    monkeypatch.setattr(registry, "_kinds", {})
    cards = {"guide": [], "tool": []}
    register_kind(Kind("guide", "Guide", "Guides", cards=lambda: iter(cards["guide"])))
    register_kind(Kind("tool", "Tool", "Tools", cards=lambda: iter(cards["tool"])))
    return cards


@pytest.mark.django_db
def test_writes_all_cards_and_takes_out_the_stale(kinds, capsys):
    kinds["guide"] = [card(f"Spyware {n}", key=str(n)) for n in range(3)]
    kinds["tool"] = [card("Spyware tool", kind="tool", key="t")]
    put_card("Old spyware", key="old")
    put_card("Spyware of old", key="1")
    put_card("Spyware of a kind that is gone", kind="gone")
    call_command("rebuild_search")
    assert total() == 4
    assert total("old") == 0
    assert "Guides: 3 written, 1 taken out" in capsys.readouterr().out
    before = set(Card.objects.values_list("id", flat=True))
    call_command("rebuild_search", verbosity=0)
    assert set(Card.objects.values_list("id", flat=True)) == before


@pytest.mark.django_db
def test_of_one_kind_leaves_the_others(kinds):
    kinds["tool"] = [card("Spyware tool", kind="tool", key="t")]
    put_card("Spyware guide that no room has", key="x")
    call_command("rebuild_search", "--kind", "tool", verbosity=0)
    assert total() == 2


@pytest.mark.django_db
def test_unknown_kind(kinds):
    with pytest.raises(CommandError, match="guide, tool"):
        call_command("rebuild_search", "--kind", "tol")


@pytest.mark.django_db(transaction=True)
def test_readers_never_see_an_empty_index(kinds):
    for number in range(10):
        put_card(f"Spyware {number}", key=str(number))
    seen = []

    def read():
        seen.append(total())
        connection.close()

    def cards():
        for number in range(5, 15):
            if number == 9:
                reader = Thread(target=read)
                reader.start()
                reader.join()
            yield card(f"Spyware {number}", key=str(number))

    register_kind(Kind("guide", "Guide", "Guides", cards=cards))
    call_command("rebuild_search", verbosity=0)
    assert seen == [10]
    assert total() == 10
