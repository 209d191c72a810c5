"""Counting the words of the index, and what a misspelt one may have meant."""

import pytest
from django.db import connection

from portal.search.cards import remove
from portal.search.models import Word
from portal.search.vocabulary import statistics
from portal.search.vocabulary.statistics import count_words, counted, spelling
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


def test_in_how_many_public_cards_a_word_is():
    put_card("Spyware, spyware", summary="SPYWARE", body="spyware drones", key="a")
    put_card("Spyware", key="b")
    put_card("Secret spyware", key="c", visible_to="staff")
    assert count_words() == 2
    assert counted(["spyware", "drones", "secret"])[0] == {"spyware": 2, "drones": 1}


def test_counted_anew_words_that_went_are_gone():
    put_card("Spyware drones", key="a")
    put_card("Spyware", key="b")
    count_words()
    remove("guide", "a")
    put_card("Spyware", key="c", body="Licensing")
    count_words()
    assert dict(Word.objects.values_list("word", "cards")) == {"spyware": 2, "licensing": 1}
    assert spelling("drnoes") is None
    assert spelling("licencing") == "licensing"


@pytest.mark.django_db(transaction=True)
def test_whoever_writes_while_words_are_counted_gets_in_between(monkeypatch):
    let_in = []
    monkeypatch.setattr(statistics, "BATCH", 2)
    monkeypatch.setattr(
        statistics, "let_writers_in", lambda: let_in.append(not connection.in_atomic_block)
    )
    put_card("alpha beta", body="gamma delta epsilon", key="a")
    count_words()
    remove("guide", "a")
    put_card("alpha", body="zeta", key="b")
    count_words()
    assert let_in == [True, True, True, True]
    assert dict(Word.objects.values_list("word", "cards")) == {"alpha": 1, "zeta": 1}


def test_neither_numbers_nor_short_words_nor_very_long_ones():
    put_card(f"An end use 2021 821/2021 5A001 {'x' * 41}", body="licence")
    count_words()
    assert list(Word.objects.values_list("word", flat=True)) == ["licence"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("licnece", "licence"),
        ("licenc", "licence"),
        ("LICENSE", "licence"),
        ("licences", "licence"),
        ("lcnc", None),
        ("licence", None),
        ("tehcnologie", "technologies"),
        ("экспрот", "экспорт"),
        ("evalaution", "évaluation"),
        ("evaluation", None),
        ("", None),
        ("a" * 500, None),
        ("licence' OR 1=1", None),
        ("%%%%%", None),
    ],
)
def test_the_nearest_word_within_a_slip_or_two(typed, meant):
    put_card("Licence", body="technologies évaluation экспорт")
    count_words()
    assert spelling(typed) == meant


def test_a_rare_word_is_found_among_many_common_ones_that_are_a_little_like_it():
    for _ in range(2):
        put_card(body=" ".join(f"was{one}{two}" for one in "abcdefghijkl" for two in "bcdfghjkl"))
    put_card("Wassenaar")
    count_words()
    assert spelling("wasenaar") == "wassenaar"


def test_of_two_as_near_the_commoner():
    for number in range(3):
        put_card(f"Licence {number}")
    put_card("Licenca")
    count_words()
    assert spelling("licenco") == "licence"


def test_a_word_that_is_used_as_much_is_no_slip():
    put_card("Stage")
    put_card("State")
    count_words()
    assert spelling("stage") is None
