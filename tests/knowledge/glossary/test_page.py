"""The page of the glossary: what a reader finds, in which order, and what bad input gets."""

import json
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from knowledge.glossary.queries import find_terms
from knowledge.glossary.terms import FIELDS, LANGUAGES, glossary
from portal.languages.sorting import sort_key
from portal.search.engines import get_engine
from portal.search.query import SearchQuery

pytestmark = pytest.mark.django_db
JUNK = ["\x00", "%", "'", "<b>", "ي" * 5000, "🙂", "(", "\u202e", "ال", "[", "\\"]


def page(client, **params) -> BeautifulSoup:
    answer = client.get(reverse("glossary"), params)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def keys(html: BeautifulSoup) -> list[str]:
    return [each["id"] for each in html.select(".terms__term")]


def test_every_term_stands_there_in_five_languages_and_both_directions(client):
    html = page(client)
    assert sorted(keys(html)) == sorted(term.key for term in glossary())
    term = html.select_one("#dual-use-item")
    said = {each["lang"]: each for each in term.select("[dir]")}
    assert set(said) == set(LANGUAGES)
    assert said["en"].find_parent("dt")
    assert {said[each]["dir"] for each in ("en", "fr", "es", "ru")} == {"ltr"}
    assert said["ar"]["dir"] == "rtl"
    assert "bien à double usage" in said["fr"].text
    assert "Русский" in term.text


def test_a_source_leads_to_what_it_is(client):
    html = page(client)
    links = html.select(".terms__source")
    sources = {f"#{each['id']}": each for each in html.select(".citations li")}
    assert len(links) > 200
    for link in links:
        source = sources[link["href"]]
        assert link.text == f"source {source['value']}"
        title = source.select_one("[lang]")
        assert title["lang"] == link.parent.select_one("[dir]")["lang"]
        assert len(title.text) > 5


def test_a_term_of_the_translators_own_has_no_source(client):
    term = page(client).select_one("#receipt-code")
    assert not term.select(".terms__source")


def test_links_lead_to_public_bodies_and_other_sites_are_named(client):
    items = page(client).select(".citations li")
    linked = [item for item in items if item.a]
    assert 0 < len(linked) < len(items)
    assert all(item.a["href"].startswith("https://") for item in linked)
    assert all("Read at:" in item.text for item in items if not item.a)


def test_it_says_who_made_it_and_where_to_tell_of_a_mistake(client):
    about = page(client).select_one("aside")
    assert "No native reader has checked" in about.text
    assert about.find("a", string="Tell us of a mistake")["href"] == "/en/about/contact/"
    files = [link["href"] for link in about.select(".download a")]
    assert files == ["/glossary/terms.csv", "/glossary/terms.tbx"]


def test_a_field_shows_its_terms_and_is_counted(client):
    html = page(client, field="rights")
    times = Counter(term.field for term in glossary())
    assert len(keys(html)) == times["rights"]
    here = html.select_one('.section-nav [aria-current="page"]')
    assert here.text == f"Human rights ({times['rights']})"
    assert f"{times['rights']} terms found" in html.text
    assert html.select_one('form.filters input[name="field"]')["value"] == "rights"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("export licence", "export-licence"),
        ("LICENCE export", "export-licence"),
        ("reexportation", "re-export"),
        ("liberte d'expression", "freedom-of-expression"),
        ("ЭКСПОРТНЫЙ", "export-control"),
        ("اعادة التصدير", "re-export"),
        ("الترخيص", "general-licence"),
        ("مصدر", "exporter"),
        ("ترخیص", "general-licence"),
    ],
)
def test_words_find_in_any_language_without_accents_and_hamza(client, words, found):
    html = page(client, q=words)
    assert found in keys(html)
    assert len(keys(html)) < 30
    assert html.select_one('form.filters input[name="q"]')["value"]


def test_words_are_looked_for_in_the_field_that_is_chosen(client):
    assert "export-licence" not in keys(page(client, q="licence", field="portal"))
    html = page(client, q="licence", field="control")
    assert "export-licence" in keys(html)
    links = [link["href"] for link in html.select(".section-nav a")]
    assert "/en/glossary/?q=licence&field=rights" in links


def test_only_the_sources_of_what_is_shown_are_listed(client):
    html = page(client, q="freedom of expression")
    assert len(html.select(".citations li")) == len(
        {a["href"] for a in html.select(".terms__source")}
    )


def test_words_that_are_nowhere_get_a_clear_page(client):
    html = page(client, q="xyzzy")
    assert keys(html) == []
    assert "No term has these words" in html.text
    assert not html.select("#sources")
    assert html.find("a", string="Show all terms")["href"] == "/en/glossary/"


def test_a_field_that_is_not_there_gets_a_clear_page(client):
    html = page(client, field="moon", q="licence")
    assert keys(html) == []
    assert "The glossary has no such field" in html.text
    assert not html.select('form.filters input[name="field"]')


@pytest.mark.parametrize("junk", JUNK)
def test_anything_in_the_address_gets_a_page(client, junk):
    for params in ({"q": junk}, {"field": junk}, {"q": junk, "field": junk}):
        html = page(client, **params)
        assert html.h1.text == "Glossary"
        assert not html.select("main b")


def test_too_many_letters_are_told_by_the_field(client):
    html = page(client, q="a" * 101)
    assert html.title.text.startswith("Error:")
    assert "at most 100" in html.select_one(".govuk-error-message").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_stand_in_the_order_of_the_readers_language(language):
    with override(language):
        words = [term.in_language(language).text for term in find_terms()]
    assert words == sorted(words, key=lambda text: sort_key(text, language))
    assert len(words) == len(glossary())


@pytest.mark.parametrize(("language", "first"), [("fr", "accusé de réception"), ("ar", "أثر ضار")])
def test_the_readers_own_language_comes_first(client, settings, language, first):
    settings.LANGUAGES = [(each, each) for each in LANGUAGES]
    answer = client.get(f"/{language}/glossary/")
    assert answer.status_code == 200
    html = BeautifulSoup(answer.content, "html.parser")
    heads = html.select(".terms dt [dir]")
    assert {head["lang"] for head in heads} == {language}
    assert heads[0].text.startswith(first)
    others = html.select_one(".terms__term").select("dd [dir]")
    assert [each["lang"] for each in others] == [each for each in LANGUAGES if each != language]
    assert html.select_one("form.filters")["action"] == f"/{language}/glossary/"


def test_a_reader_of_another_language_reads_english_first():
    with override("de"):
        assert find_terms()[0].in_language("en").text == "academia"


def test_machines_are_told_what_it_is_and_its_one_address(client):
    html = page(client, field="rights")
    address = html.select_one('link[rel="canonical"]')["href"]
    assert address.endswith("/en/glossary/")
    told = json.loads(html.select_one('script[type="application/ld+json"]').string)
    assert told["@type"] == "DefinedTermSet"
    assert told["inLanguage"] == list(LANGUAGES)
    assert "/en/glossary/" in client.get("/sitemap.xml").content.decode()


def test_the_footer_leads_to_it(client):
    assert (
        page(client).select_one(".site-footer").find("a", string="Glossary")["href"]
        == "/en/glossary/"
    )


def test_no_query_is_made_for_it(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("glossary"))


@pytest.mark.parametrize("words", ["glossary", "glossaire", "глоссарий", "مصطلحات"])
def test_search_finds_the_page_and_not_its_terms(site_tree, words):
    found = get_engine().search(SearchQuery(text=words, filters={"kind": ["glossary"]})).hits
    assert [hit.url for hit in found] == ["/en/glossary/"]
    assert (
        not get_engine()
        .search(SearchQuery(text="whistle-blower", filters={"kind": ["glossary"]}))
        .hits
    )


def test_fields_have_names_of_their_own():
    assert len({str(name) for name in FIELDS.values()}) == len(FIELDS)
