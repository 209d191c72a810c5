"""Which words find a card."""

import pytest

from portal.search.analysis.syntax import Expression, Term
from tests.portal.search.contract.asking import found, search, vocabulary_known
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


class TestWords:
    def test_every_word_must_be_there(self):
        for number in "12345":
            put_card("Licensing of spyware", key=number)
        put_card("Licensing of drones", key="one")
        assert set(found("licensing spyware")) == set("12345")

    def test_where_nothing_has_every_word_what_has_half_of_them_is_there(self):
        put_card("Licensing of spyware", key="a")
        put_card("Training for customs", key="b")
        page = search("how do I refuse the licensing of spyware")
        assert [hit.key for hit in page.hits] == ["a"]
        assert page.partly
        assert not search("licensing spyware").partly
        assert found("licensing xylophones") == ["a"]

    def test_where_nothing_has_even_half_of_them_any_word_counts(self):
        put_card("Licensing of spyware", key="a")
        assert found("licensing xylophones pianos") == ["a"]
        assert search("licensing xylophones pianos").partly
        assert found('licensing "xylophones" pianos') == []

    def test_where_nothing_has_the_words_as_spelt_what_has_words_like_them_is_said_to_be_such(self):
        put_card("Surveillance of journalists", key="a")
        vocabulary_known()
        page = search("survelliance journalists")
        assert [hit.key for hit in page.hits] == ["a"]
        assert page.respelt
        assert not search("surveillance journalists").respelt

    def test_where_few_have_every_word_what_has_half_of_them_follows(self):
        put_card("Drones", body="and their licensing and their export", key="all")
        put_card("Drones and licensing", key="some")
        page = search("drones licensing export")
        assert {hit.key for hit in page.hits} == {"all", "some"}
        assert (page.total, page.others, page.partly) == (2, 1, False)
        assert search("drones licensing").others == 0

    def test_pages_of_the_portal_that_have_every_word_keep_nothing_else_out(self):
        for number in range(9):
            put_card("About", body="export of drones, licensing", key=f"page {number}", kind="page")
        put_card("Export of drones", key="guide")
        *pages, last = found("export drones licensing")
        assert last == "guide"
        assert len(pages) == 9

    def test_where_few_have_half_of_them_what_has_any_follows_and_what_has_all_comes_first(self):
        put_card("Drones", body=f"and {'a long text ' * 90} licensing and export", key="all")
        put_card("Drones and licensing", key="half")
        put_card("Export, export, export", summary="export", body="export", key="one")
        first, *others = found("drones licensing export")
        assert first == "all"
        assert set(others) == {"half", "one"}

    def test_what_is_excluded_or_quoted_stays_so_among_half_of_the_words(self):
        put_card("Drones, licensing and export", key="excluded")
        put_card("Drones and licensing", key="a")
        assert found("drones licensing paper -export") == ["a"]
        assert found('"drones licensing" paper pencils') == []

    def test_words_are_stemmed(self):
        put_card("Licences for exporters", key="a")
        assert found("exporting") == ["a"] or found("exporter") == ["a"]
        put_card("Licensing practice", key="b")
        assert found("license") == ["b"]

    def test_case_does_not_matter(self):
        put_card("SPYWARE", key="a")
        assert found("Spyware") == ["a"]

    def test_title_before_summary_before_body(self):
        filler = "about many other things and their export to places far away"
        for _ in range(20):
            put_card("Practice", summary=filler, body=filler)
        put_card("Practice", body=f"interception {filler}", key="body")
        put_card("Practice", summary=f"interception {filler}", key="summary")
        put_card("Interception", body=filler, key="title")
        assert found("interception") == ["title", "summary", "body"]

    def test_phrase(self):
        put_card("Checks of end use", key="phrase")
        put_card("Use this to the end", key="apart")
        assert found('"end use"') == ["phrase"]
        assert set(found("end use")) == {"phrase", "apart"}

    @pytest.mark.parametrize("typed", ["end-use", '"end-use"', "“end use”", "end‑use"])
    def test_hyphens_and_curly_quotation_marks_make_a_phrase(self, typed):
        put_card("End-use checks", key="hyphen")
        put_card("Use it to that end", key="apart")
        assert found(typed) == ["hyphen"]

    def test_control_list_entries_are_found_whole(self):
        put_card("Entry 5.A.1.j of the list", key="j")
        put_card("Entry 5.A.1.f of the list", key="f")
        assert found("5.A.1.j") == ["j"]

    def test_exclusion_of_words_and_phrases(self):
        put_card("Spyware and drones", key="both")
        put_card("Spyware and end use", key="phrase")
        put_card("Spyware, use to no end", key="left")
        assert found('spyware -drones -"end use"') == ["left"]

    def test_exclusion_knows_stems_of_the_card_and_not_of_other_languages(self):
        put_card("Spyware licensing", key="a")
        assert found("spyware -licenses") == []

    def test_or_binds_closer_than_and(self):
        put_card("Guide to drones", key="drones")
        put_card("Guide to spyware", key="spyware")
        put_card("Report on drones", key="report")
        assert set(found("guide drones OR spyware")) == {"drones", "spyware"}
        assert set(found("drones OR spyware")) == {"drones", "spyware", "report"}

    def test_unfinished_last_word_is_a_beginning_where_nothing_has_it_whole(self):
        put_card("Interception of mobile calls", key="a")
        assert found("mobile interc") == ["a"]
        assert "<mark>Interception</mark>" not in search("interc mobile").hits[0].title
        assert "<mark>Interception</mark>" in search("interc").hits[0].title
        put_card("Usual practice", key="usual")
        put_card("Usurpers", key="usurper")
        put_card("The word usu", key="usu")
        assert found("usu") == ["usu"]

    def test_only_exclusions_find_nothing(self):
        put_card("Spyware")
        assert search("-drones").total == 0

    def test_stop_words_do_not_hide_what_has_the_rest(self):
        put_card("The report of the committee", key="a")
        assert found("report of the committee") == ["a"]


class TestLanguages:
    def test_diacritics_do_not_matter(self):
        put_card("Évaluation du préjudice", language="fr", key="fr")
        assert found("evaluation prejudice") == ["fr"]
        assert found("évaluation") == ["fr"]
        put_card("Evaluacion", language="es", key="es")
        assert "es" in found("evaluación")

    def test_decomposed_characters(self):
        put_card("E\u0301valuation", language="fr", key="a")
        put_card("Контро\u0438\u0306", language="ru", key="b")
        assert found("évaluation") == ["a"]
        assert found("контрой") == ["b"]

    def test_cyrillic(self):
        put_card("Контроль за технологиями наблюдения", language="ru", key="ru")
        assert found("КОНТРОЛЬ") == ["ru"]
        assert "<mark>наблюдения</mark>" in search("наблюдения").hits[0].title

    def test_arabic(self):
        put_card("ضوابط التصدير وحقوق الإنسان", language="ar", key="ar")
        assert found("التصدير") == ["ar"]
        assert "<mark>الإنسان</mark>" in search("الإنسان").hits[0].title

    def test_arabic_letters_count_alike_on_every_keyboard(self):
        put_card("ضوابط الشبكي والبرمجيات", language="ar", key="ar")
        for typed in ("الشبكي", "الشبکی", "الشبــكي", "الشبـکـی", "الشب\u200bكي"):
            assert found(typed) == ["ar"], ascii(typed)

    def test_kashida_in_what_is_found_does_not_matter(self):
        put_card("ضوابــط التصـــدير", body="حقوق الإنســـان", language="ar", key="ar")
        assert found("ضوابط") == ["ar"]
        assert found('"حقوق الإنسان"') == ["ar"]

    def test_what_has_persian_letters_is_found_by_both(self):
        put_card("قواعد کنترل صادرات", language="ar", key="ar")
        assert found("کنترل") == ["ar"]
        assert found("كنترل") == ["ar"]

    def test_a_language_without_a_stemmer(self):
        put_card("Überwachung digitaler Technik", language="de", key="de")
        assert found("uberwachung") == ["de"]


class TestApart:
    """Words that may stand anywhere, as synonyms of several words ask for."""

    @pytest.fixture(autouse=True)
    def cards(self):
        put_card("Technology to watch faces", key="apart")
        put_card("Watch technology", key="other order")
        put_card("Watch towers", key="one word")
        put_card("Face recognition", key="alternative")

    @pytest.fixture
    def reads(self, engine, monkeypatch):
        module = {"database": "engines.database", "elasticsearch": "elastic.engine"}[engine]

        def read(expression):
            monkeypatch.setattr(f"portal.search.{module}.read_query", lambda query: expression)

        return read

    def test_all_must_be_there(self, reads):
        apart = Term(("watch", "technology"), apart=True)
        reads(Expression(((apart, Term(("recognition",))),)))
        assert set(found("x")) == {"apart", "other order", "alternative"}
        titles = {hit.key: hit.title for hit in search("x").hits}
        assert titles["apart"] == "<mark>Technology</mark> to <mark>watch</mark> faces"

    def test_excluded_where_all_are_there(self, reads):
        reads(Expression(((Term(("watch",)),),), (Term(("faces", "technology"), apart=True),)))
        assert set(found("x")) == {"other order", "one word"}
