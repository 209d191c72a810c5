"""Citing from the sentence: numbers at the words, and the list to which they lead."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from knowledge.sources.blocks import CITING
from knowledge.sources.citations import lacking
from knowledge.sources.marks import Citation, citations_in, elements_from, unknown_in_file
from knowledge.sources.pinpoints import in_words
from portal.cms.texts.faults import faults
from portal.cms.texts.segments import Segment
from portal.management.page_text import rich_text
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(site_tree):
    SourceFactory(key="e1", title="Dual-Use Regulation", issuer="European Union")
    SourceFactory(key="n1", title="Guiding Principles", kind="soft-law", binds="Nobody")
    text = (
        f"<p>First{cite('n1', 'principle 31')} then{cite('e1', 'Art. 5(1)')}.</p>"
        f"<ul><li>Again{cite('n1', 'principle 14')}</li></ul>"
        f"<p>And as before{cite('n1', 'principle 31')}, the whole{cite('e1')}.</p>"
    )
    return GuidePageFactory(slug="citing", text=text, further=[SourceFactory(title="Handbook")])


def main(client, guide, language="en"):
    answer = client.get(f"/{language}/guides/{guide.slug}/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser").main


def test_a_source_has_one_number_in_the_order_of_its_first_mention(client, guide):
    numbers = main(client, guide).select("sup.cited a")
    assert [each.get_text() for each in numbers] == ["[1]", "[2]", "[1]", "[1]", "[2]"]


def test_a_number_is_read_out_as_source_and_place(client, guide):
    said = [each["aria-label"] for each in main(client, guide).select("sup.cited a")]
    assert said == [
        "Source 1, principle 31",
        "Source 2, Article 5(1)",
        "Source 1, principle 14",
        "Source 1, principle 31",
        "Source 2",
    ]


def test_a_number_leads_to_the_very_place_and_that_leads_back(client, guide):
    page = main(client, guide)
    for number in page.select("sup.cited"):
        place = page.find(id=number.a["href"].removeprefix("#"))
        assert place.name == "li"
        back = [each["href"] for each in place.select("a.citations__back")]
        assert f"#{number['id']}" in back
    ids = [each["id"] for each in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_list_says_what_it_is_and_whom_it_binds(client, guide):
    first, second = main(client, guide).select("ol.citations > li")
    text = " ".join(second.get_text().split())
    for said in (
        "Dual-Use Regulation",
        "European Union",
        "20 May 2021",
        "Binding law",
        "Exporters",
    ):
        assert said in text
    assert second.select_one('a[href="/en/sources/e1/"]')
    assert second.select_one('a[href="https://law.example/e1"]')
    places = [each.get_text().split(" ↑")[0] for each in first.select(".citations__places li")]
    assert places == ["Principle 31", "Principle 14"]


def test_further_sources_follow_without_a_number(client, guide):
    page = main(client, guide)
    assert page.find(id="guide-further").get_text() == "Further sources"
    assert [each.cite.get_text() for each in page.select("ul.citations--further > li")] == [
        "Handbook"
    ]


def test_a_guide_without_sources_has_no_such_list(client, site_tree):
    assert main(client, GuidePageFactory(slug="none")).find(id="guide-sources") is None


def test_numbers_are_read_out_in_the_reader_s_language(client, guide):
    number = main(client, guide, "fr").select_one("sup.cited a")
    assert (number["lang"], number["aria-label"]) == ("fr", "Source 1, principe 31")
    assert number.get_text() == "[1]"


def test_the_list_names_a_source_in_the_reader_s_language_where_it_is_there(client, guide):
    source = guide.sources.cited["e1"]
    source.versions = [
        ("version", {"language": "fr", "address": "https://law.example/fr", "title": "Règlement"})
    ]
    source.save()
    shown = main(client, guide, "fr").select("ol.citations > li")[1]
    assert shown.cite.get_text() == "Règlement"
    assert shown.select_one('a[href="https://law.example/fr"]')


def test_citing_costs_one_query_however_much_is_cited(client, guide, django_assert_num_queries):
    bare = GuidePageFactory(slug="bare")
    for each in (bare, guide):
        main(client, each)  # fills what is remembered from one request to the next
    with CaptureQueriesContext(connection) as without:
        main(client, bare)
    with django_assert_num_queries(len(without) + 1):
        main(client, guide)


def test_a_source_that_was_lost_leaves_no_number_behind(client, guide):
    guide.sources.cited["n1"].delete()
    numbers = main(client, guide).select("sup.cited a")
    assert [each.get_text() for each in numbers] == ["[1]", "[1]"]
    assert "[n1" not in main(client, guide).get_text()


@pytest.mark.parametrize("pinpoint", ["Art. 5(1)", "", "p. 12", "l'annexe “A” & § 3"])
def test_a_citation_survives_the_editor(pinpoint):
    kept = f"<p>It binds.{cite('e1', pinpoint)} So it does.</p>"
    converter = ContentstateConverter(features=CITING)
    again = converter.to_database_format(converter.from_database_format(kept))
    assert [*citations_in(again)] == [Citation("e1", pinpoint)]
    assert re.sub(r' data-block-key="[^"]*"', "", again) == kept


def test_an_editor_that_may_not_cite_keeps_the_words_alone():
    kept = f"<p>It binds.{cite('e1', 'Art. 5')}</p>"
    converter = ContentstateConverter(features=["bold"])
    again = converter.to_database_format(converter.from_database_format(kept))
    assert [*citations_in(again)] == []


def test_a_translation_keeps_each_citation():
    original = Segment("body.1", f"<p>It binds.{cite('e1', 'Art. 5')}</p>", is_rich=True)
    right = f"<p>Il oblige.{cite('e1', 'Art. 5')}</p>"
    assert [*faults(original, right)] == []
    lost = [*faults(original, "<p>Il oblige.</p>")]
    assert len(lost) == 1
    assert 'source="e1"' in lost[0]
    other = [*faults(original, f"<p>Il oblige.{cite('e1', 'Art. 6')}</p>")]
    assert len(other) == 1


def test_a_translation_empties_no_citation():
    original = Segment("body.1", f"<p>It binds.{cite('e1')}</p>", is_rich=True)
    emptied = '<p>Il oblige.<a linktype="cite" source="e1"></a></p>'
    assert [*faults(original, emptied)] == ["A link of its HTML has no words."]


def test_content_files_cite_in_double_braces():
    html = rich_text("It binds. {{E1: Art. 5(1)}} So & so.\n\n- One {{n1}}")
    assert html == (
        f"<p>It binds.{cite('e1', 'Art. 5(1)')} So &amp; so.</p><ul><li>One{cite('n1')}</li></ul>"
    )
    assert [*citations_in(elements_from("x {{e1: l&#x27;art. 5}}"))] == [Citation("e1", "l'art. 5")]


def test_a_content_file_that_cites_what_is_not_there_is_named_by_line():
    text = "One {{E1: Art. 5}}\nTwo {{E9: p. 1}} and {{e1}}\nThree {{E1 Art. 5}"
    assert [*unknown_in_file(text, {"e1"})] == [(2, "E9"), (3, "{{E1 Art. 5}")]


@pytest.mark.parametrize(
    ("typed", "english", "french"),
    [
        ("Art. 5(1)", "Article 5(1)", "article 5(1)"),
        ("art. 26(2)", "Article 26(2)", "article 26(2)"),
        ("p. 12", "page 12", "page 12"),
        ("pp. 12-14", "pages 12-14", "pages 12-14"),
        ("Annex I", "Annex I", "annexe I"),
        ("principle 31", "principle 31", "principe 31"),
        ("heading “Limits”", "heading “Limits”", "heading “Limits”"),
    ],
)
def test_places_are_told_in_the_reader_s_words(typed, english, french):
    assert in_words(typed) == english
    with override("fr"):
        assert in_words(typed) == french


def test_what_tells_others_what_to_do_names_the_place():
    SourceFactory(key="e1")
    text = cite("e1") + cite("e1", "Art. 5") + cite("e9", "p. 1")
    unknown = "The text cites “e9”, which is not in the library of sources."
    assert lacking(text, need_places=False) == [unknown]
    assert lacking(text, need_places=True) == [
        unknown,
        "Say where in “e1” the text rests: an article, a page, a principle.",
    ]
