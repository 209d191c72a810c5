"""Phrases with words that say nothing, which indices like to leave out."""

import pytest

from tests.portal.search.contract.asking import found
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


def test_they_stand_as_typed():
    put_card("You said, we did", key="phrase")
    put_card("What was said and done", key="words")
    put_card("Spyware", key="other")
    assert found('"you said we did"') == ["phrase"]
    assert found('"said we"') == ["phrase"]
    assert set(found('"you said we did" OR spyware')) == {"phrase", "other"}


@pytest.mark.parametrize(
    ("language", "title", "other", "typed"),
    [
        ("en", "Checks before exports", "Exports and checks", '"before exports"'),
        ("es", "Los Estados partes", "Las partes", '"estados partes"'),
        ("fr", "Le préjudice de la ville", "La ville, le préjudice", '"prejudice de la ville"'),
        ("fr", "L'usage final", "Un usage final", '"l\'usage final"'),
        ("ru", "Товары и технологии", "Технологии, товары", '"товары и технологии"'),
        ("ar", "ضوابط على التصدير", "ضوابط التصدير", '"ضوابط على التصدير"'),
    ],
)
def test_in_every_language(language, title, other, typed):
    put_card(other, key="other", language=language)
    put_card(title, key="phrase", language=language)
    assert found(typed) == ["phrase"]


def test_other_forms_of_the_words_that_say_something():
    put_card("A licence for the exporter", key="a")
    assert found('"licence for the exporters"') == ["a"]


def test_excluded_as_they_stand():
    put_card("Spyware by road", key="road")
    put_card("Spyware on the road", key="phrase")
    assert found('spyware -"on the road"') == ["road"]
    assert found('spyware -"on the"') == ["road"]


def test_not_from_one_text_into_the_next():
    put_card("This is the end", summary="of things", key="a")
    assert found('"end of things"') == []
