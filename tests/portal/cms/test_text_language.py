"""An editor's text under another language: marked, said once, and the interface's words are not."""

import pytest
from bs4 import BeautifulSoup

from portal.cms.models import StandardPage
from tests.knowledge.factories import GuidePageFactory
from tests.pages import add_published

pytestmark = pytest.mark.django_db
BODY = [
    {"type": "heading", "value": {"text": "How we work", "level": "h2"}},
    {
        "type": "citations",
        "value": {
            "title": "Sources",
            "citations": [
                {"title": "A law", "url": "https://example.org/", "accessed": "2026-03-02"}
            ],
        },
    },
]


def page_at(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.fixture
def page(site_tree):
    page = StandardPage(title="Our work", slug="work", summary="In short.")
    page.body = StandardPage._meta.get_field("body").stream_block.to_python(BODY)
    return add_published(site_tree.en, page)


def test_what_its_editor_wrote_says_its_language(client, page):
    shown = page_at(client, "/ar/work/")
    for each in (shown.h1, shown.find(class_="lede"), shown.find(class_="prose")):
        assert (each["lang"], each["dir"]) == ("en", "ltr")
    crumbs = shown.find(class_="breadcrumbs").find_all(["a", "span"])
    assert [each.get("lang") for each in crumbs] == [None, "en"]


def test_words_of_the_interface_in_it_are_the_reader_s(client, page):
    accessed = page_at(client, "/ar/work/").find("cite").find_next("span")
    assert (accessed["lang"], accessed["dir"]) == ("ar", "rtl")


def test_in_its_own_language_nothing_is_marked(client, page):
    main = page_at(client, "/en/work/").find("main")
    assert not main.find_all(lang=True)
    assert not main.find_all(class_="original-language")


def test_a_page_says_once_that_it_is_in_another_language(client, page):
    said = page_at(client, "/fr/work/").find_all(class_="original-language")
    assert len(said) == 1
    assert "français" in said[0].text
    assert "anglais" in said[0].text
    assert said[0].find_previous("h1")


@pytest.mark.parametrize("path", ["", "guides/", "learning/", "about/moderation/", "states/"])
def test_a_list_or_a_text_of_the_portal_s_own_is_there_in_each_language(client, site_tree, path):
    assert not page_at(client, f"/fr/{path}").find_all(class_="original-language")


def test_a_guide_in_the_reader_s_language_is_not_said_to_be_in_another(client, site_tree):
    guide = GuidePageFactory(content_language="fr", slug="guide")
    assert not page_at(client, f"/fr/guides/{guide.slug}/").find_all(class_="original-language")
    assert page_at(client, f"/en/guides/{guide.slug}/").find_all(class_="original-language")


def test_a_filter_by_language_names_each_in_itself(client, site_tree):
    for language in ("fr", "ar", "pt"):
        GuidePageFactory(content_language=language)
    shown = page_at(client, "/ru/guides/")
    labels = [each.label for each in shown.select(".facets__option") if "language" in str(each)]
    spoken = {each.span.get("lang", ""): each.text.split(" (")[0].strip() for each in labels}
    assert spoken["fr"] == "Français"
    assert spoken["ar"] == "العربية"
    assert spoken[""] == "португальский"
