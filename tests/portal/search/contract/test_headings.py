"""A card with title and summary in languages that it is not in: found and shown in these."""

import pytest
from django.utils.translation import override

from tests.portal.search.contract.asking import found, search
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db

HEADINGS = {
    "fr": ("Adopter une liste de contrôle", "Comment reprendre les licences d’un autre État."),
    "es": ("Adoptar una lista de control", "Cómo tomar las licencias de otro Estado."),
    "ru": ("Как принять контрольный список", "Как перенять лицензии другого государства."),
    "ar": ("اعتماد قائمة الرقابة", "كيف تأخذ التراخيص من دولة أخرى."),
}


@pytest.fixture
def adopting(engine):
    return put_card(
        "Adopting a list", key="1", summary="How to take it over.", body="Text", headings=HEADINGS
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "adopter contrôle"),
        ("fr", "licence État"),  # the plural stands there
        ("es", "licencia"),
        ("ru", "контрольные списки"),
        ("ar", "قائمة الرقابة"),
    ],
)
def test_words_of_a_language_find_it_once_under_the_title_in_that_language(
    adopting, language, words
):
    with override(language):
        page = search(words, reader_language=language)
    (hit,) = page.hits
    assert (page.total, hit.key, hit.language, hit.shown_in) == (1, "1", "en", language)
    assert hit.title.striptags() == HEADINGS[language][0]
    assert hit.summary.striptags() == HEADINGS[language][1]
    assert "<mark>" in hit.title + hit.summary


def test_words_of_its_own_language_find_it_too_and_the_title_is_the_readers(adopting):
    with override("fr"):
        (hit,) = search("adopting", reader_language="fr").hits
        assert hit.title == HEADINGS["fr"][0]
        (hit,) = search("").hits
        assert hit.title == HEADINGS["fr"][0]


def test_who_reads_its_own_language_sees_its_own_title_whatever_was_typed(adopting):
    with override("en"):
        (hit,) = search("contrôle").hits
    assert (hit.title.striptags(), hit.summary.striptags()) == (
        "Adopting a list",
        "How to take it over.",
    )
    assert hit.shown_in == "en"


def test_a_title_in_english_of_what_is_in_another_language(engine):
    put_card(
        "La catégorie",
        key="1",
        language="fr",
        summary="Texte",
        headings={"en": ("Licences for exporters", "Who needs one.")},
    )
    with override("en"):
        (hit,) = search("licence exporter", reader_language="en").hits
    assert hit.title.striptags() == "Licences for exporters"


def test_what_is_in_the_language_itself_comes_first(adopting, engine):
    put_card("Une liste de contrôle", key="2", language="fr", body="Adopter une liste de contrôle.")
    first, *others = found("adopter une liste de contrôle", reader_language="fr")
    assert {first, *others} == {"1", "2"}
    # Elasticsearch weighs a text of the card's language and another's summary alike.
    assert first == "2" or engine == "elasticsearch"


def test_a_title_that_was_taken_back_is_no_longer_found(adopting):
    put_card("Adopting a list", key="1", summary="How to take it over.", body="Text")
    assert found("contrôle") == []
