"""What the databases' engines do beyond the contract: stems, spellings, likeness."""

import pytest
from django.db import connection

from portal.curation.actions import save_synonyms
from portal.curation.models import SynonymGroup
from portal.search.engines import database_engine
from portal.search.query import SearchQuery
from portal.search.vocabulary.statistics import count_words
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


def search(text="", **query):
    return database_engine().search(SearchQuery(text, **query))


def found(text="", **query):
    return [hit.key for hit in search(text, **query).hits]


class TestOtherLanguages:
    """A word finds its other forms in the language of the card."""

    @pytest.mark.parametrize(
        ("language", "title", "typed", "shown"),
        [
            ("fr", "Contrôle des exportations", "exportation", "exportations"),
            ("fr", "Évaluations des risques", "évaluation", "Évaluations"),
            ("es", "Licencias de exportación", "licencia", "Licencias"),
            ("es", "Evaluaciones de riesgos", "evaluación", "Evaluaciones"),
            ("es", "Evaluación de riesgos", "evaluaciones", "Evaluación"),
            ("es", "Evaluaciones de riesgos", "evaluacion de", "Evaluaciones"),
            ("fr", "Licence contrôlée", "contrôle", "contrôlée"),
            ("ru", "Контроль за технологиями наблюдения", "технология", "технологиями"),
            ("ar", "مراقبة التصدير", "تصدير", "التصدير"),
            ("ar", "حقوق الإنسان", "إنسان", "الإنسان"),
            ("ar", "حقوق الانسان", "الإنسان", "الانسان"),
            ("ar", "تَصْدِير المنتجات", "تصدير", "تَصْدِير"),
        ],
    )
    def test_found_and_marked(self, language, title, typed, shown):
        put_card(title, key="a", language=language)
        (hit,) = search(typed).hits
        assert f"<mark>{shown}</mark>" in hit.title

    def test_a_stem_of_one_language_is_no_word_of_another(self):
        put_card("Licenciado", key="es", language="es")
        put_card("Licenciado", key="de", language="de")
        assert found("licencias") == ["es"]

    def test_what_is_excluded_is_excluded_in_every_form(self):
        put_card("Risques des exportations", key="fr", language="fr")
        assert found("risques -exportation") == []

    @pytest.mark.parametrize(
        ("language", "word", "typed"),
        [("fr", "exportations", "exportation"), ("es", "evaluaciones", "evaluación")],
    )
    def test_a_word_that_is_only_in_the_body_is_shown_from_there(self, language, word, typed):
        put_card("X", language=language, summary="Y", body=f"{'mot ' * 300} {word} {'mot ' * 300}")
        (hit,) = search(typed).hits
        assert f"<mark>{word}</mark>" in hit.summary
        assert len(hit.summary) < 600

    @pytest.mark.parametrize("language", ["en", "fr", "es"])
    def test_no_language_comes_first_for_having_stems_beside_its_words(self, language):
        for number in range(30):
            put_card(f"Other {number}", body="about many other things")
        for code in {"en", "fr", "es"} - {language}:
            put_card("Title", key=code, language=code, body="about the export of things")
        put_card("Export", key="first", language=language, body="about many other things")
        put_card("Title", key="twice", language=language, body="export after export of things")
        assert found("export")[:2] == ["first", "twice"]

    def test_a_changed_card_is_found_by_its_new_stems_alone(self):
        put_card("Les exportations", key="a", language="fr")
        put_card("Les évaluations", key="a", language="fr")
        assert found("exportation") == []
        assert found("évaluation") == ["a"]


class TestSuggestion:
    @pytest.fixture(autouse=True)
    def cards(self):
        for number in range(3):
            put_card(f"Surveillance of journalists {number}", body="Licensing practice")
        put_card("Évaluation du préjudice", language="fr")
        put_card("Secret wiretapping", visible_to="staff")
        count_words()

    def test_accents_and_letters_may_be_amiss_at_once(self):
        assert search("evalaution").suggestion == "évaluation"

    def test_what_was_meant_is_found_at_once(self):
        put_card("Licensing of drones", key="drones")
        page = search("survelliance journalists")
        assert (page.total, page.partly, page.respelt) == (3, False, True)

    @pytest.mark.parametrize("typed", ['"survelliance"', "licenced survelliances prejudices"])
    def test_not_where_it_is_quoted_or_other_words_go_astray(self, typed):
        page = search(typed)
        assert page.total == 0 or page.partly
        assert not page.respelt

    def test_not_where_the_word_is_there(self):
        put_card("Journalisms", key="other")
        page = search("journalisms surveillance")
        assert page.suggestion == "journalists surveillance"
        assert page.partly
        assert "other" in {hit.key for hit in page.hits}

    @pytest.mark.parametrize("circles", [["public"], ["public", "staff"]])
    def test_words_of_restricted_cards_are_offered_to_nobody(self, circles):
        assert search("wiretaping", visible_to=circles).suggestion == ""

    def test_none_that_the_asker_may_no_longer_see(self):
        put_card("Cryptography", key="c")
        count_words()
        assert search("cryptografy").suggestion == "cryptography"
        put_card("Cryptography", key="c", visible_to="staff")
        assert search("cryptografy").suggestion == ""

    def test_a_slip_that_a_card_made_too(self):
        for number in range(20):
            put_card(f"Interception {number}")
        put_card("Intreception", key="slip")
        count_words()
        page = search("intreception")
        assert [hit.key for hit in page.hits] == ["slip"]
        assert page.suggestion == "interception"


class TestSimilar:
    def similar(self, key):
        return [hit.key for hit in database_engine().similar("guide", key)]

    def test_facets_decide_between_equals(self):
        put_card("Wassenaar", key="w", facets={"stage": ["transit"]})
        put_card("Wassenaar", key="same", facets={"stage": ["transit"]})
        put_card("Wassenaar", key="other", facets={"stage": ["outreach"]})
        count_words()
        assert self.similar("w") == ["same", "other"]

    def test_before_any_word_was_counted(self):
        for number in range(30):
            put_card(f"Practice {number}", body="The practice of states in exporting technology")
        put_card("Licensing of spyware", key="a", body="The practice of telephone interception")
        put_card("Telephone interception by spyware", key="b", body="The practice of states")
        assert self.similar("a")[:1] == ["b"]


def test_a_long_question_of_many_synonyms_is_asked_in_few_words(django_assert_max_num_queries):
    words = ["surveillance", "interception", "cryptography", "technologies", "authorities"]
    for word in words:
        save_synonyms(SynonymGroup(), [word, *(f"{word}{n} and more" for n in range(11))])
    put_card("Surveillance")
    with django_assert_max_num_queries(40) as asked:
        assert found(" ".join(words))
    assert max(len(query["sql"]) for query in asked.captured_queries) < 200_000


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone needs stems of our own")
def test_english_costs_no_stems():
    from portal.search.models import Card

    put_card("Licensing of exports", key="en")
    put_card("Licences d’exportation", key="fr", language="fr")
    stems = dict(Card.objects.values_list("key", "stems"))
    assert stems["en"] == ""
    assert "export0fr" in stems["fr"]
