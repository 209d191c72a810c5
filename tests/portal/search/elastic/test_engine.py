"""What Elasticsearch does beyond the contract of every engine, on a real node."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.search import cards
from portal.search.elastic import indices, request_body
from portal.search.elastic.deadline import NotForElasticsearchError
from portal.search.elastic.delivery import deliver_due
from portal.search.elastic.engine import ElasticsearchEngine
from portal.search.fallback import FallbackEngine
from portal.search.models import Card, OutboxRow
from portal.search.query import SearchQuery
from tests.portal.search.factories import card, put_card

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def node(elasticsearch):
    return elasticsearch


def search(text="", **query):
    deliver_due()
    assert not OutboxRow.objects.exists()
    return ElasticsearchEngine().search(SearchQuery(text, **query))


def found(text="", **query):
    return [hit.key for hit in search(text, **query).hits]


class TestLanguages:
    @pytest.mark.parametrize(
        ("language", "title", "typed", "shown"),
        [
            ("en", "Licences for exporters", "export licence", "exporters"),
            ("fr", "Contrôles des exportations", "exportation", "exportations"),
            ("fr", "L’évaluation des risques", "évaluations du risque", "évaluation"),
            ("fr", "D'évaluations en évaluations", "l'évaluation", "évaluations"),
            ("es", "Licencias de exportación", "licencia", "Licencias"),
            ("ru", "Контроль за технологиями наблюдения", "технология", "технологиями"),
            ("ru", "Ёмкость и учёт", "учет", "учёт"),
            ("ar", "مراقبة التصدير", "تصدير", "التصدير"),
            ("ar", "حقوق الإنسان", "الانسان", "الإنسان"),
            ("ar", "تَصْدِير المنتجات", "تصدير", "تَصْدِير"),
            ("ar", "الاسم في القائمة", "بقائمة", "القائمة"),
            ("ar", "كاميرات في المدينة", "والكاميرا", "كاميرات"),
            ("ar", "البرنامج", "لبرنامج", "البرنامج"),
            ("ar", "رفض الطلبات", "طلباً", "الطلبات"),
            ("de", "Ausfuhr von Gütern", "gutern", "Gütern"),
        ],
    )
    def test_a_word_finds_its_forms_and_is_marked(self, language, title, typed, shown):
        put_card(title, key="a", language=language)
        (hit,) = search(typed).hits
        assert f"<mark>{shown}</mark>" in hit.title

    def test_words_that_say_nothing_need_not_be_there(self):
        put_card("Spyware licensing", key="a")
        put_card("The use of it", key="b")
        assert found("licensing of the spyware") == ["a"]
        (hit,) = search("the use of").hits
        assert hit.title == "The <mark>use</mark> of it"

    def test_they_are_found_where_nothing_else_is_asked_for(self):
        put_card("The use of it", key="a")
        put_card("Spyware licensing", key="b")
        assert found("of it") == found('"of it"') == ["a"]

    def test_a_stem_of_one_language_is_no_word_of_another(self):
        put_card("Licenciado", key="es", language="es")
        put_card("Licenciado", key="de", language="de")
        assert found("licenciados") == ["es"]

    def test_names_of_files_and_addresses_are_found_by_their_words(self):
        put_card("See end_use-form.v2.pdf at https://code.example/forms", key="a")
        for text in ("form", "pdf", "end_use", "v2", "code.example", "form.v2"):
            assert found(text) == ["a"], text


class TestOrder:
    @pytest.fixture(autouse=True)
    def fresh_index(self, node):
        """What other tests have deleted counts in lengths and rarity until it is merged away."""
        indices.discard(indices.live())
        indices.ensure()

    def test_fields_come_before_dates(self):
        filler = "about many other things and their export to places far away"
        for _ in range(20):
            put_card("Practice", summary=filler, body=filler)
        put_card("Interception", key="title", date=NOW - timedelta(days=3650))
        put_card("Practice", summary=f"interception {filler}", key="summary")
        put_card("Practice", body=f"interception {filler}", key="body", date=NOW)
        assert found("interception") == ["title", "summary", "body"]

    def test_of_equals_the_newer_comes_first(self):
        put_card("Interception", key="new", date=NOW)
        put_card("Interception", key="old", date=NOW - timedelta(days=700))
        assert found("interception") == ["new", "old"]

    def test_what_is_written_as_typed_comes_first(self):
        put_card("Licensing of drones", key="as typed")
        put_card("Licensed by drones", key="another form")
        assert found("licensing") == ["as typed", "another form"]

    def test_words_beside_each_other_come_first(self):
        put_card("Checks of use at the very last end", key="apart")
        put_card("Checks at the very last of end use", key="together")
        put_card("Checks of use at the long last end", key="apart too")
        assert found("end use")[0] == "together"

    def test_words_may_stand_in_different_fields(self):
        put_card("Licensing", summary="Of drones", body="in practice", key="a")
        assert found("licensing drones practice") == ["a"]

    def test_what_has_all_words_comes_before_what_has_some(self):
        put_card("Spyware drones", key="two", summary="spyware drones", body="spyware drones")
        put_card("Practice", body="Spyware and, with a long text between them, export of drones")
        put_card("Spyware", key="one")
        assert found("spyware drones export")[1:] == ["two", "one"]


class TestPages:
    def test_the_deepest_is_the_databases(self, monkeypatch):
        monkeypatch.setattr(request_body, "DEEPEST", 20)
        for number in range(25):
            put_card(f"Spyware {number}")
        assert len(found("spyware", page=2, per_page=10)) == 10
        with pytest.raises(NotForElasticsearchError):
            search("spyware", page=3, per_page=10)
        page = FallbackEngine().search(SearchQuery("spyware", page=3, per_page=10))
        assert (page.total, len(page.hits), page.simpler) == (25, 5, True)

    def test_what_elasticsearch_itself_allows_is_what_we_ask_for(self):
        put_card("Spyware")
        deepest = request_body.DEEPEST // 20
        assert search("spyware", page=deepest).total == 1
        assert search("spyware", page=deepest + 1).total == 1


class TestFreshness:
    """What Elasticsearch has not heard of is left out, in results and counts."""

    def ask(self, text="spyware"):
        return ElasticsearchEngine().search(SearchQuery(text, facets=["kind"]))

    def test_a_new_card_is_found_once_it_is_delivered(self):
        put_card("Spyware", key="new")
        assert self.ask().total == 0
        deliver_due()
        assert [hit.key for hit in self.ask().hits] == ["new"]

    def test_a_changed_card_waits(self):
        put_card("Spyware", key="a")
        put_card("Spyware", key="b")
        deliver_due()
        put_card("Drones", key="a")
        page = self.ask()
        assert ([hit.key for hit in page.hits], page.total) == (["b"], 1)
        assert page.facets[0].options[0].count == 1
        assert self.ask("drones").total == 0
        deliver_due()
        assert [hit.key for hit in self.ask("drones").hits] == ["a"]

    def test_a_card_that_is_gone_with_no_row_waiting_is_not_shown(self):
        """As after a database was set back: the index says more than there is."""
        put_card("Spyware", key="a")
        deliver_due()
        Card.objects.all().delete()
        assert self.ask().hits == []

    def test_texts_are_those_of_the_table(self):
        put_card("Spyware", key="a", summary="In short")
        deliver_due()
        Card.objects.update(url="/elsewhere/", summary="In other words")
        (hit,) = self.ask().hits
        assert (hit.url, hit.summary) == ("/elsewhere/", "In other words")

    def test_too_many_changes_are_not_for_it(self):
        for number in range(501):
            put_card(f"Spyware {number}")
        with pytest.raises(NotForElasticsearchError):
            self.ask()

    def test_many_changes_of_one_card_are_one(self):
        for _ in range(501):
            cards.put(card("Spyware", key="a"))
        assert self.ask().total == 0


def test_a_long_question_with_everything_in_it_is_answered():
    put_card("Spyware", body=" ".join(f"w{number}" for number in range(16)))
    text = " ".join(f"w{number}" for number in range(16))
    assert search(text).total == 1
    assert search(text.replace("w", "v")).total == 0
    assert search(" OR ".join(text.split())).total == 1
