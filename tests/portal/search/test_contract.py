"""
What every engine does. Each test runs on the engine of the suite's database, SQLite by default and
PostgreSQL where DATABASE_URL names one, and on a real Elasticsearch where ELASTICSEARCH_URL does.

Where engines differ with good reason, the test says which and why.
"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.search.engines import get_engine
from portal.search.models import OutboxRow
from portal.search.query import SearchQuery
from portal.search.syntax import Expression, Term
from portal.search.vocabulary import count_words
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=["database", "elasticsearch"])
def engine(request, settings):
    """The name of the engine in use; `get_engine()` gives it, without another behind it."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
        settings.SEARCH_ENGINE = "portal.search.elastic.engine.ElasticsearchEngine"
    return request.param


def delivered():
    """Elasticsearch, where it is in use, has heard of all cards."""
    if OutboxRow.objects.exists():
        from portal.search.elastic.delivery import deliver_due

        OutboxRow.objects.update(due_at=datetime(2000, 1, 1, tzinfo=UTC))
        deliver_due()
        assert not OutboxRow.objects.exists()


SLOW_FIXTURES = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["spyware", "spy", '"', "-", "OR", "NEAR(", "*", ":", "(", ")", " ", "é", "end"]
        ),
        max_size=30,
    ).map("".join),
)


def search(text="", **query):
    delivered()
    return get_engine().search(SearchQuery(text, **query))


def found(text="", **query):
    """Keys of what is found, in order."""
    return [hit.key for hit in search(text, **query).hits]


def vocabulary_known():
    """The databases count their words now and then; Elasticsearch knows them at once."""
    count_words()
    delivered()


def counts(page, name):
    return {
        option.value: option.count
        for group in page.facets
        if group.name == name
        for option in group.options
    }


class TestWords:
    def test_every_word_must_be_there(self):
        for number in "123":
            put_card("Licensing of spyware", key=number)
        put_card("Licensing of drones", key="one")
        assert set(found("licensing spyware")) == {"1", "2", "3"}

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

    def test_where_few_have_every_word_what_has_half_of_them_follows(self):
        put_card("Drones", body="and their licensing and their export", key="all")
        put_card("Drones and licensing", key="some")
        page = search("drones licensing export")
        assert {hit.key for hit in page.hits} == {"all", "some"}
        assert not page.partly

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

    def test_a_language_without_a_stemmer(self):
        put_card("Überwachung digitaler Technik", language="de", key="de")
        assert found("uberwachung") == ["de"]


class TestFacets:
    @pytest.fixture(autouse=True)
    def cards(self):
        put_card("A spyware", key="a", facets={"commitment": ["licensing", "capacity"]})
        put_card("B spyware", key="b", facets={"commitment": ["licensing"]}, language="fr")
        put_card("C spyware", key="c", facets={"commitment": ["capacity"]}, language="fr")
        put_card("D drones", key="d", facets={"commitment": ["licensing"]}, language="fr")

    def test_counts_cover_what_was_found(self):
        page = search("spyware", facets=["commitment", "language"])
        assert page.total == 3
        assert counts(page, "commitment") == {"licensing": 2, "capacity": 2}
        assert counts(page, "language") == {"fr": 2, "en": 1}

    def test_without_words_they_cover_everything(self):
        page = search(facets=["commitment"])
        assert page.total == 4
        assert counts(page, "commitment") == {"licensing": 3, "capacity": 2}

    def test_values_of_one_facet_widen_and_facets_narrow(self):
        assert set(found(filters={"commitment": ["licensing", "capacity"]})) == set("abcd")
        assert set(found(filters={"commitment": ["capacity"], "language": ["fr"]})) == {"c"}

    def test_a_facet_does_not_narrow_its_own_counts(self):
        page = search(
            "spyware", filters={"commitment": ["capacity"]}, facets=["commitment", "language"]
        )
        assert page.total == 2
        assert counts(page, "commitment") == {"licensing": 2, "capacity": 2}
        assert counts(page, "language") == {"en": 1, "fr": 1}
        both = search(
            filters={"commitment": ["capacity"], "language": ["fr"]},
            facets=["commitment", "language"],
        )
        assert counts(both, "commitment") == {"licensing": 2, "capacity": 1}
        assert counts(both, "language") == {"en": 1, "fr": 1}

    def test_chosen_options_stay_on_offer_with_nothing_to_find(self):
        (group,) = search("spyware", filters={"stage": ["transit"]}, facets=["stage"]).facets
        assert [(o.value, o.count, o.selected) for o in group.options] == [("transit", 0, True)]

    def test_options_come_in_the_order_of_the_vocabulary_with_its_labels(self):
        (group,) = search(facets=["commitment"]).facets
        assert [option.label for option in group.options] == [
            "Human rights in licensing",
            "Capacity building",
        ]


class TestVisibility:
    """Nothing of a card outside the asker's circles is found, counted or offered."""

    @pytest.fixture(autouse=True)
    def cards(self):
        put_card("Open spyware", key="open", facets={"stage": ["transit"]})
        put_card("Closed spyware", key="closed", visible_to="staff", facets={"stage": ["outreach"]})

    def test_public_sees_no_hit_no_count_no_facet(self):
        for text in ("spyware", "", "closed", "clos"):
            page = search(text, facets=["stage", "language"])
            assert "closed" not in [hit.key for hit in page.hits]
            assert page.total == (1 if text in ("spyware", "") else 0)
            assert "outreach" not in counts(page, "stage")
            assert sum(counts(page, "language").values()) == page.total
        page = search(filters={"stage": ["outreach"]}, facets=["stage"])
        assert page.total == 0
        assert counts(page, "stage")["outreach"] == 0

    def test_the_circle_sees_it(self):
        assert set(found("spyware", visible_to=["public", "staff"])) == {"open", "closed"}
        assert found("spyware", visible_to=["staff"]) == ["closed"]

    def test_closing_a_card_hides_it_at_once(self):
        put_card("Open spyware", key="open", visible_to="staff")
        assert search("spyware").total == 0


class TestHighlights:
    def test_all_mark_up_but_mark_is_escaped(self):
        put_card(
            "<b>Spyware</b> & <script>alert(1)</script>",
            summary="",
            body='A <script src="x">spyware</script> in <b>bold</b> &amp; more',
        )
        (hit,) = search("spyware").hits
        assert "&lt;b&gt;<mark>Spyware</mark>&lt;/b&gt; &amp; &lt;script&gt;" in hit.title
        assert "<mark>spyware</mark>" in hit.summary
        for html in (hit.title, hit.summary):
            assert "<" not in html.replace("<mark>", "").replace("</mark>", "")

    def test_forged_sentinels_do_not_mark(self):
        put_card("\x02spyware\x03 and \x04others\x05", body="\x02\x02spy\x00")
        (hit,) = search("spyware").hits
        assert hit.title == "<mark>spyware</mark> and others"

    def test_the_summary_stands_unless_only_the_body_has_the_words(self):
        put_card("One", key="1", summary="A plain spyware summary", body="spyware " * 50)
        put_card("Two", key="2", summary="A plain summary", body="word " * 300 + "spyware")
        put_card("Three spyware", key="3", summary="A plain summary", body="nothing of it")
        put_card("Four spyware", key="4", body="Begins like this " + "word " * 300)
        hits = {hit.key: hit.summary for hit in search("spyware").hits}
        assert hits["1"] == "A plain <mark>spyware</mark> summary"
        assert "<mark>spyware</mark>" in hits["2"]
        assert len(hits["2"]) < 600
        assert hits["3"] == "A plain summary"
        assert hits["4"].startswith("Begins like this")
        assert len(hits["4"]) < 600

    def test_without_words_nothing_is_marked(self):
        put_card("Spyware & more", body="Text")
        (hit,) = search().hits
        assert hit.title == "Spyware &amp; more"
        assert hit.summary == "Text"


class TestPages:
    def test_pages_neither_repeat_nor_lose_a_card(self):
        for number in range(25):
            put_card("The same title of spyware", key=str(number), body="The same text")
        for sort in ("relevance", "newest", "title"):
            for text in ("spyware", ""):
                keys = [
                    key
                    for page in (1, 2, 3)
                    for key in found(text, sort=sort, page=page, per_page=10)
                ]
                assert len(keys) == 25, (sort, text)
                assert len(set(keys)) == 25, (sort, text)

    def test_numbers(self):
        for number in range(21):
            put_card(f"Spyware {number}")
        page = search("spyware", per_page=10)
        assert (page.total, page.page, page.pages) == (21, 1, 3)
        assert search("nothing").pages == 1
        beyond = search("spyware", page=7, per_page=10)
        assert (beyond.total, beyond.page, beyond.pages, beyond.hits) == (21, 7, 3, [])

    @pytest.mark.parametrize("page", [9_999, 10_001, 999_999])
    def test_pages_far_past_the_last_are_empty(self, page):
        put_card("Spyware")
        for text in ("spyware", ""):
            answer = search(text, page=page)
            assert (answer.total, answer.page, answer.pages, answer.hits) == (1, page, 1, [])

    def test_sorts(self):
        now = datetime(2026, 11, 24, tzinfo=UTC)
        put_card("beta spyware", key="b", date=now)
        put_card("Alpha spyware", key="a", date=now - timedelta(days=1))
        put_card("Gamma spyware", key="c")
        for text in ("spyware", ""):
            assert found(text, sort="newest") == ["b", "a", "c"]
            assert found(text, sort="title") == ["a", "b", "c"]
        assert search("alpha").hits[0].date == now - timedelta(days=1)


class TestAnyInput:
    @pytest.mark.parametrize(
        "text",
        [
            '"', '""', '"""', "*", "-", "--", "- -", "OR", "OR OR", "| |", "NEAR(", "NEAR(a b, 2)",
            "AND", "NOT", "a AND NOT", "title:spyware", "{title}: x", "^spyware", "spyware*", "'",
            "\\", "\\'", "a\\", "%", "%s", "%(x)s", ":*", "a:*", "!", "&", "<->", "a <-> b", "(",
            ")", "\0", "a\0b", "\ud800", "🎉", "🎉 spyware", "\u0301", "\u202eabc", "𞤀𞤁",
            "x" * 5_000, "word " * 1_000, '"' * 5_000, "-" * 5_000, "( " * 2_000,
            "ﷺ", "ǅ", "İ", "ß", "١٢", "१२",
            "-spyware", "the", "the -spyware", "اَلْ",
        ],
    )  # fmt: skip
    def test_is_answered(self, text):
        put_card("Spyware", body="a b x")
        for sort in ("relevance", "newest", "title"):
            assert search(text, sort=sort, facets=["kind", "state"]).total in (0, 1)

    def check(self, text):
        page = search(text)
        assert page.total == len(page.hits) <= 1

    @pytest.fixture
    def one_card(self, db):
        put_card("Spyware and the end of é", key="one", body="a b c 1 2 3")
        delivered()

    @pytest.mark.parametrize("engine", ["database"], indirect=True)
    @settings(SLOW_FIXTURES, max_examples=150)
    @given(TYPED)
    def test_whatever_is_typed_is_answered(self, one_card, text):
        self.check(text)

    @pytest.mark.parametrize("engine", ["elasticsearch"], indirect=True)
    @settings(SLOW_FIXTURES, max_examples=40)
    @given(TYPED)
    def test_whatever_is_typed_is_answered_by_elasticsearch(self, one_card, text):
        self.check(text)


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
            monkeypatch.setattr(f"portal.search.{module}.read", lambda text: expression)

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


class TestSince:
    def test_only_what_came_in_after_that_moment(self):
        moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
        with time_machine.travel(moment, tick=False):
            put_card("Old spyware", key="old")
        with time_machine.travel(moment + timedelta(microseconds=1), tick=False):
            put_card("New spyware", key="new")
            put_card("Old spyware, edited", key="old")
        for text in ("spyware", ""):
            for sort in ("relevance", "newest", "title"):
                page = search(text, sort=sort, since=moment, facets=["kind"])
                assert [hit.key for hit in page.hits] == ["new"]
                assert page.total == 1
                assert counts(page, "kind") == {"guide": 1}
        assert search("spyware", since=moment + timedelta(microseconds=1)).total == 0

    def test_an_old_card_with_the_word_keeps_beginnings_out(self):
        with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC), tick=False):
            put_card("About use", key="old")
        with time_machine.travel(datetime(2026, 11, 26, tzinfo=UTC), tick=False):
            put_card("As usual", key="new")
        assert found("use", since=datetime(2026, 11, 25, tzinfo=UTC)) == []


class TestTypos:
    @pytest.fixture(autouse=True)
    def cards(self):
        for number in range(3):
            put_card(f"Surveillance of journalists {number}", key=str(number))
        put_card("Évaluation du préjudice", language="fr", key="fr")
        put_card("Secret wiretapping", visible_to="staff")
        vocabulary_known()

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("survelliance", "surveillance"),
            ("survelliance journalists", "surveillance journalists"),
            ("Survelliance -drones", "surveillance -drones"),
            ('"surveillance of journalits"', '"surveillance of journalists"'),
            ("prejduice", "préjudice"),
        ],
    )
    def test_another_spelling_is_offered_that_finds_something(self, typed, meant):
        assert search(typed).suggestion == meant
        assert search(meant).total > 0

    def test_what_was_meant_is_found_at_once(self, engine):
        """By Elasticsearch; the databases leave it to the reader to take the other spelling."""
        expected = [] if engine == "database" else ["0", "1", "2"]
        assert sorted(found("survelliance")) == expected

    def test_what_stands_in_quotation_marks_is_taken_as_it_stands(self):
        assert found('"survelliance"') == []

    def test_no_offer_where_enough_is_found_or_nothing_is_alike(self):
        assert search("surveillance").suggestion == ""
        assert search("xylophone").suggestion == ""

    def test_no_offer_that_finds_nothing_with_the_filters(self):
        assert search("survelliance", filters={"kind": ["guide"]}).suggestion == "surveillance"
        assert search("survelliance", filters={"kind": ["tool"]}).suggestion == ""


class TestComplete:
    def complete(self, text, **arguments):
        delivered()
        return [one.title for one in get_engine().complete(text, **arguments)]

    def test_every_word_and_the_last_unfinished(self):
        put_card("Licensing of spyware")
        put_card("Licensing of drones")
        put_card("Drones")
        assert self.complete("licensing sp") == ["Licensing of spyware"]
        assert self.complete("spyw lic") == []
        assert self.complete("OF DRO") == ["Licensing of drones"]

    def test_a_word_is_found_at_every_letter(self):
        put_card("Organisations and their internationalisationresponsibilities")
        for text in ("organisations", "internationalisationresponsibilities"):
            for length in range(2, len(text) + 1):
                assert self.complete(text[:length]), text[:length]
        assert self.complete("internationalisationres-") != []
        assert self.complete("internationalisationresx") == []

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
        delivered()
        (one,) = get_engine().complete("spyw")
        assert (one.title, one.kind, one.language) == ("Spyware", "guide", "en")

    def test_accents_do_not_matter(self):
        put_card("Évaluation du préjudice", language="fr")
        assert self.complete("eval") == self.complete("éval") == ["Évaluation du préjudice"]

    def test_a_title_that_changed(self):
        put_card("Spyware", key="a")
        delivered()
        put_card("Drones", key="a")
        assert self.complete("spyw") == []
        assert self.complete("dron") == ["Drones"]

    def test_at_most_the_limit(self):
        for number in range(12):
            put_card(f"Spyware {number}")
        assert len(self.complete("spyw")) == 8
        assert len(self.complete("spyw", limit=3)) == 3

    @pytest.mark.parametrize("text", ["", "s", "  ", '"', "-", "'", "\\", "%", "s:*", "\0sp", "()"])
    def test_whatever_is_typed_is_answered(self, text):
        put_card("Spyware")
        assert self.complete(text) in ([], ["Spyware"])


class TestSimilar:
    def similar(self, key, kind="guide", **arguments):
        return [hit.key for hit in get_engine().similar(kind, key, **arguments)]

    @pytest.fixture(autouse=True)
    def cards(self):
        for number in range(30):
            put_card(f"Practice {number}", body="The practice of states in exporting technology")
        put_card("Licensing of spyware", key="a", body="The practice of telephone interception")
        put_card("Telephone interception by spyware", key="b", body="The practice of states")
        put_card("Telephone interception", key="comment", kind="comment", body="Spyware")
        vocabulary_known()

    def test_what_shares_the_most_telling_words_comes_first(self):
        assert self.similar("a")[:1] == ["b"]
        assert "a" not in self.similar("a", limit=50)

    def test_of_the_kinds_asked_for(self):
        assert self.similar("a", kinds=["comment"]) == ["comment"]
        assert self.similar("comment", kind="comment") == []

    def test_nothing_for_no_card_and_for_no_words(self):
        put_card("", key="empty", context="Something")
        delivered()
        assert self.similar("nothing") == []
        assert self.similar("empty") == []

    def test_at_most_the_limit_and_unmarked(self):
        delivered()
        (hit,) = get_engine().similar("guide", "a", limit=1)
        assert hit.title == "Telephone interception by spyware"


def test_statements_do_not_grow_with_rows_facets_or_filters(django_assert_max_num_queries):
    from portal.search import tally

    for number in range(30):
        put_card(f"Spyware {number}", language=("en", "fr")[number % 2], state="BE")
    tally._remembered.clear()
    delivered()
    with django_assert_max_num_queries(9):
        page = search(
            "spyware",
            filters={"language": ["en", "fr"]},
            facets=["kind", "language", "state", "group", "stage", "commitment"],
        )
    assert page.total == 30
