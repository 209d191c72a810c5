"""`rebuild_search` and `search_outbox`, as those see them who run them."""

import pytest
from django.core.management import CommandError, call_command

from portal.search.cards import put_many
from portal.search.elastic import indices
from portal.search.models import Card, OutboxRow
from tests.portal.search.factories import card, put_card
from tests.portal.search.test_rebuild import kinds

pytestmark = pytest.mark.django_db
__all__ = ["kinds"]


class TestRebuild:
    def test_the_cards_and_then_elasticsearch(self, kinds, held, capsys):
        kinds["guide"] = [card(f"Guide {number}", key=str(number)) for number in range(3)]
        put_card("Old", key="old")
        before = indices.live()
        call_command("rebuild_search")
        assert held() == {"0": "Guide 0", "1": "Guide 1", "2": "Guide 2"}
        assert indices.live() != before
        assert set(OutboxRow.objects.values_list("key", flat=True)) == {"old"}
        told = capsys.readouterr().out
        assert "Guides: 3 written, 1 taken out" in told
        assert "a new index of 3 cards is searched" in told

    def test_elasticsearch_alone(self, kinds, held):
        put_many([card("A card that no room has", key="1")])
        OutboxRow.objects.all().delete()
        call_command("rebuild_search", "--index-only", verbosity=0)
        assert held() == {"1": "A card that no room has"}

    def test_of_one_kind_is_delivered_as_any_change(self, kinds, held):
        kinds["guide"] = [card("Guide", key="1")]
        before = indices.live()
        call_command("rebuild_search", "--kind", "guide", verbosity=0)
        call_command("search_outbox", verbosity=0)
        assert indices.live() == before
        assert held() == {"1": "Guide"}

    def test_elasticsearch_hears_of_what_was_wrong_alone(self, kinds, elasticsearch):
        kinds["guide"] = [card(f"Guide {number}", key=str(number)) for number in range(3)]
        put_many(kinds["guide"])
        put_many([card("Of old", key="1"), card("Gone", key="gone")])
        OutboxRow.objects.all().delete()
        call_command("rebuild_search", "--kind", "guide", verbosity=0)
        names = OutboxRow.objects.order_by("key").values_list("key", flat=True)
        assert list(names) == ["1", "gone"]

    def test_where_it_is_away_it_will_hear_of_what_was_written(self, kinds, nowhere):
        kinds["guide"] = [card(f"Guide {number}", key=str(number)) for number in range(3)]
        with pytest.raises(CommandError, match="Elasticsearch has no new index: ConnectionError"):
            call_command("rebuild_search", verbosity=0)
        assert Card.objects.count() == 3
        assert OutboxRow.objects.count() == 3

    def test_where_a_room_fails_it_will_hear_of_what_was_written(self, kinds, elasticsearch):
        def broken():
            yield card("Tool", kind="tool", key="1")
            raise ZeroDivisionError

        kinds["guide"] = [card("Guide", key="1")]
        kinds["tool"] = broken()
        with pytest.raises(ZeroDivisionError):
            call_command("rebuild_search", verbosity=0)
        assert list(OutboxRow.objects.values_list("kind", "key")) == [("guide", "1")]

    def test_elasticsearch_alone_where_there_is_none(self, kinds):
        with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
            call_command("rebuild_search", "--index-only")


class TestOutbox:
    def test_says_what_it_did(self, held, capsys):
        put_many([card(key="1"), card(key="2")])
        call_command("search_outbox")
        assert "2 cards delivered, 0 changes waiting (0 s behind), 0 refused" in (
            capsys.readouterr().out
        )
        assert len(held()) == 2

    def test_says_that_elasticsearch_is_away(self, nowhere, capsys):
        put_card()
        with pytest.raises(CommandError, match=r"away or in trouble \(ConnectionError\)"):
            call_command("search_outbox")
        assert "0 cards delivered, 1 changes waiting" in capsys.readouterr().out

    def test_says_what_was_refused_and_tries_it_again(self, held, capsys):
        put_card("Guide", key="1")
        OutboxRow.objects.update(failed=True, error="mapper_parsing_exception")
        with pytest.raises(CommandError, match="refused 1 changes"):
            call_command("search_outbox")
        assert held() == {}
        call_command("search_outbox", "--retry-failed")
        assert "1 refused changes are tried again" in capsys.readouterr().out
        assert held() == {"1": "Guide"}

    def test_has_nothing_to_do_without_elasticsearch(self, capsys):
        put_card()
        call_command("search_outbox")
        assert capsys.readouterr().out == "No Elasticsearch is set: nothing waits.\n"
