"""What the databases' engines do beyond the contract: stems, spellings, completion, likeness."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from portal.search.engines import database_engine
from portal.search.query import SearchQuery
from portal.search.syntax import Expression, Term
from portal.search.vocabulary import count_words
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


class TestApart:
    @pytest.fixture(autouse=True)
    def cards(self, monkeypatch):
        put_card("Technology to watch faces", key="apart")
        put_card("Watch technology", key="other order")
        put_card("Watch towers", key="one word")
        put_card("Face recognition", key="alternative")

    def reads(self, monkeypatch, expression):
        monkeypatch.setattr("portal.search.engines.database.read", lambda text: expression)

    def test_words_may_stand_anywhere(self, monkeypatch):
        apart = Term(("watch", "technology"), apart=True)
        self.reads(monkeypatch, Expression(((apart, Term(("recognition",))),)))
        assert set(found("x")) == {"apart", "other order", "alternative"}
        titles = {hit.key: hit.title for hit in search("x").hits}
        assert titles["apart"] == "<mark>Technology</mark> to <mark>watch</mark> faces"

    def test_excluded_where_all_of_them_stand(self, monkeypatch):
        apart = Term(("faces", "technology"), apart=True)
        self.reads(monkeypatch, Expression(((Term(("watch",)),),), (apart,)))
        assert set(found("x")) == {"other order", "one word"}


class TestSince:
    def test_only_what_came_in_after_that_moment(self):
        moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
        with time_machine.travel(moment, tick=False):
            put_card("Old spyware", key="old")
        with time_machine.travel(moment + timedelta(seconds=1), tick=False):
            put_card("New spyware", key="new")
            put_card("Old spyware, edited", key="old")
        for text in ("spyware", ""):
            for sort in ("relevance", "newest", "title"):
                page = search(text, sort=sort, since=moment, facets=["kind"])
                assert [hit.key for hit in page.hits] == ["new"]
                assert page.total == 1
                assert [option.count for option in page.facets[0].options] == [1]
        assert search("spyware", since=moment + timedelta(seconds=1)).total == 0


class TestSuggestion:
    @pytest.fixture(autouse=True)
    def cards(self):
        for number in range(3):
            put_card(f"Surveillance of journalists {number}", body="Licensing practice")
        put_card("Évaluation du préjudice", language="fr")
        put_card("Secret wiretapping", visible_to="staff")
        count_words()

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("survelliance", "surveillance"),
            ("survelliance journalists", "surveillance journalists"),
            ("Survelliance -drones", "surveillance -drones"),
            ('"surveillance of journalits"', '"surveillance of journalists"'),
            ("lisencing", "licensing"),
            ("evalaution", "évaluation"),
        ],
    )
    def test_the_word_that_was_meant(self, typed, meant):
        assert search(typed).suggestion == meant
        assert search(meant).total > 0

    def test_it_is_found_at_once(self):
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

    def test_none_where_enough_is_found(self):
        assert search("surveillance").suggestion == ""

    def test_none_where_nothing_is_alike(self):
        assert search("xylophone").suggestion == ""

    def test_none_that_finds_nothing_with_the_filters(self):
        assert search("survelliance", filters={"kind": ["guide"]}).suggestion == "surveillance"
        assert search("survelliance", filters={"kind": ["tool"]}).suggestion == ""

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


class TestComplete:
    def complete(self, text, **arguments):
        return [one.title for one in database_engine().complete(text, **arguments)]

    def test_every_word_and_the_last_unfinished(self):
        put_card("Licensing of spyware")
        put_card("Licensing of drones")
        put_card("Drones")
        assert self.complete("licensing sp") == ["Licensing of spyware"]
        assert self.complete("spyw lic") == []
        assert self.complete("OF DRO") == ["Licensing of drones"]

    def test_a_word_is_found_at_every_letter(self):
        put_card("Organisations and their responsibilities")
        for text in ("organisations", "responsibilities"):
            for length in range(2, len(text) + 1):
                assert self.complete(text[:length]), text[:length]

    def test_titles_that_begin_so_come_first_then_the_shortest(self):
        put_card("On spyware")
        put_card("Spyware in practice")
        put_card("Spyware")
        assert self.complete("spy") == ["Spyware", "Spyware in practice", "On spyware"]

    def test_titles_alone_and_each_once(self):
        put_card("Spyware")
        put_card("Spyware")
        put_card(
            "", context="Comment on spyware", summary="spyware", body="spyware", kind="comment"
        )
        (one,) = database_engine().complete("spyw")
        assert (one.title, one.kind, one.language) == ("Spyware", "guide", "en")

    def test_a_circle_keeps_its_titles(self):
        put_card("Secret spyware", visible_to="staff")
        assert self.complete("spyw") == []
        assert self.complete("spyw", visible_to=["staff"]) == ["Secret spyware"]

    def test_a_title_that_changed_or_went(self):
        put_card("Spyware", key="a")
        put_card("Drones", key="a")
        assert self.complete("spyw") == []
        assert self.complete("dron") == ["Drones"]
        put_card("", key="a", context="Nothing")
        assert self.complete("dron") == []


class TestSimilar:
    def similar(self, key, kind="guide", **arguments):
        return [hit.key for hit in database_engine().similar(kind, key, **arguments)]

    @pytest.fixture(autouse=True)
    def cards(self):
        for number in range(30):
            put_card(f"Practice {number}", body="The practice of states in exporting technology")
        put_card("Licensing of spyware", key="a", body="The practice of telephone interception")
        put_card("Telephone interception by spyware", key="b", body="The practice of states")
        put_card("Spyware", key="c", body="The practice of others")
        put_card("Telephone interception", key="closed", body="Spyware", visible_to="staff")
        put_card("Telephone interception", key="comment", kind="comment", body="Spyware")
        count_words()

    def test_what_shares_the_most_telling_words_comes_first(self):
        assert self.similar("a") == ["b", "c"]

    def test_a_circle_keeps_its_cards(self):
        assert "closed" not in self.similar("a")
        assert "closed" in self.similar("a", visible_to=["public", "staff"])

    def test_facets_decide_between_equals(self):
        put_card("Wassenaar", key="w", facets={"stage": ["transit"]})
        put_card("Wassenaar", key="same", facets={"stage": ["transit"]})
        put_card("Wassenaar", key="other", facets={"stage": ["outreach"]})
        assert self.similar("w") == ["same", "other"]

    def test_nothing_for_no_card_and_for_no_words(self):
        put_card("", key="empty", context="Something")
        assert self.similar("nothing") == []
        assert self.similar("empty") == []

    def test_at_most_the_limit_and_unmarked(self):
        (hit,) = database_engine().similar("guide", "a", limit=1)
        assert hit.title == "Telephone interception by spyware"

    def test_before_any_word_was_counted(self):
        from portal.search.models import Word

        Word.objects.all().delete()
        assert self.similar("a")[:1] == ["b"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone needs stems of our own")
def test_english_costs_no_stems():
    from portal.search.models import Card

    put_card("Licensing of exports", key="en")
    put_card("Licences d’exportation", key="fr", language="fr")
    stems = dict(Card.objects.values_list("key", "stems"))
    assert stems["en"] == ""
    assert "export0fr" in stems["fr"]
