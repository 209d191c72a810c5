"""Writing cards: what rooms may rely on."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from portal.search.cards import CardData, plain_text, put, put_many, remove
from portal.search.engines import database_engine, get_engine
from portal.search.models import Card, FacetSet
from portal.search.query import SearchQuery
from tests.portal.search.factories import card, put_card

pytestmark = pytest.mark.django_db


def total(text="", **filters):
    return get_engine().search(SearchQuery(text, filters)).total


def test_put_writes_everything():
    date = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)
    put(
        CardData(
            kind="comment",
            key="7",
            title="On licensing",
            url="/c/7",
            summary="Short",
            body="Long",
            language="fr",
            group="academia",
            state="FR",
            date=date,
            facets={"consultation": ["draft-code"]},
        )
    )
    (hit,) = get_engine().search(SearchQuery("licensing")).hits
    assert (hit.kind, hit.key, hit.url, hit.language) == ("comment", "7", "/c/7", "fr")
    assert (hit.group, hit.state, hit.date) == ("academia", "FR", date)
    assert total(consultation=["draft-code"], group=["academia"], state=["FR"]) == 1


def test_put_again_replaces_text_and_facets():
    put_card("Spyware", key="1", facets={"stage": ["transit"]})
    put_card("Drones", key="1", facets={"stage": ["outreach"]})
    assert Card.objects.count() == 1
    assert (total("spyware"), total("drones")) == (0, 1)
    assert (total(stage=["transit"]), total(stage=["outreach"])) == (0, 1)


def test_put_twice_the_same_is_put_once():
    one = card("Spyware", body="Body")
    put(one)
    before = Card.objects.values_list("id", "facet_set")
    put(one)
    assert list(Card.objects.values_list("id", "facet_set")) == list(before)
    assert total("spyware") == 1
    assert FacetSet.objects.count() == 1


def test_cards_with_the_same_facets_share_a_set_whatever_the_order():
    put_card(facets={"stage": ["transit", "outreach"], "commitment": ["capacity"]})
    put_card(facets={"commitment": ["capacity"], "stage": ["outreach", "transit", "transit"]})
    put_card(facets={"commitment": ["licensing"]})
    assert FacetSet.objects.count() == 2


def test_put_many_keeps_the_later_of_two():
    put_many([card("Spyware", key="1"), card("Drones", key="1"), card("Transit", key="2")])
    assert (total("spyware"), total("drones"), total()) == (0, 1, 2)
    put_many([])


def test_remove():
    put_card("Spyware", key="1")
    remove("guide", "1")
    remove("guide", "1")
    assert total("spyware") == 0
    assert total() == 0


def test_what_is_rolled_back_is_not_found():
    put_card("Kept spyware", key="kept")
    with transaction.atomic():
        put_card("Lost spyware", key="lost")
        put_card("Changed drones", key="kept")
        assert total("lost") == 1
        transaction.set_rollback(True)
    assert (total("lost"), total("kept"), total("drones"), total("spyware")) == (0, 1, 0, 1)


def test_two_statements_a_card(django_assert_num_queries):
    with django_assert_num_queries(2):
        put_card("Spyware", facets={"stage": ["transit"], "commitment": ["capacity", "licensing"]})


def test_long_and_odd_text_is_bounded_and_cleaned():
    put_card("T" * 5_000, key="1", summary="a\x00b\x02c\n d", body="word " * 200_000)
    row = Card.objects.get()
    assert len(row.title) == 300
    assert row.summary == "a b c d"
    assert len(row.body) <= 200_000
    assert total("word") == 1


def test_a_body_of_ever_new_words_fits():
    put_card(body=" ".join(f"слово{n}" for n in range(30_000)), language="ru")
    assert total("слово17") == 1


def test_plain_text():
    rich = "<h2>One</h2><p>Two &amp; <b>th</b>ree</p><ul><li>four<br>five</li></ul>"
    assert plain_text(rich) == "One Two & three four five"


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_the_index_of_sqlite_agrees_with_its_cards():
    for number in range(20):
        put_card(f"Spyware {number}", key=str(number), body="Some text")
        put_card(f"Drones {number}", key=str(number), body="Other text")
        remove("guide", str(number - 2))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_card_fts(search_card_fts, rank) VALUES ('integrity-check', 1)"
        )


@pytest.mark.django_db(transaction=True)
def test_the_index_follows_cards_back_and_forth_between_migrations():
    put_card("Licences contrôlées", key="fr", language="fr")
    try:
        for target in ("0003_outbox_and_words", "0002_full_text"):
            call_command("migrate", "search", target, verbosity=0)
    finally:
        call_command("migrate", "search", verbosity=0)
    assert total("licences") == 1
    put_card("Exportations contrôlées", key="fr", language="fr")
    assert (total("licences"), total("exportation")) == (0, 1)
    assert [one.title for one in database_engine().complete("export")] == [
        "Exportations contrôlées"
    ]


@pytest.mark.django_db(transaction=True)
def test_what_was_open_before_the_index_knew_is_no_news():
    opened = [
        card(key="shown"),
        card(key="kept", visible_to="circle"),
        card(key="asks", facets={"phase": ["open"]}, is_open=True),
    ]
    put_many(opened)
    try:
        call_command("migrate", "search", "0006_when_words_were_counted", verbosity=0)
    finally:
        call_command("migrate", "search", verbosity=0)
    before = set(Card.objects.values_list("key", "entered"))
    put_many(opened)
    assert set(Card.objects.values_list("key", "entered")) == before
