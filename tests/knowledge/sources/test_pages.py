"""The library of sources, as readers find and follow it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portal.search.models import Card
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db


def main(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser").main


def titles(page) -> list[str]:
    return [each.a.get_text() for each in page.select("ul.plain-list--spaced > li")]


def test_the_library_lists_every_source_by_name(client, site_tree):
    for name in ("beta", "Alpha", "gamma"):
        SourceFactory(title=name)
    assert titles(main(client, "/en/sources/")) == ["Alpha", "beta", "gamma"]


def test_it_is_narrowed_by_words_and_kind(client, site_tree):
    SourceFactory(title="Regulation on cameras")
    SourceFactory(title="Study of cameras", kind="report", issuer="Institute")
    assert titles(main(client, "/en/sources/?q=cameras")) == [
        "Regulation on cameras",
        "Study of cameras",
    ]
    assert titles(main(client, "/en/sources/?q=cameras&kind=report")) == ["Study of cameras"]
    assert titles(main(client, "/en/sources/?q=institute+study")) == ["Study of cameras"]
    page = main(client, "/en/sources/?q=nothing")
    assert "No source fits" in page.get_text()
    assert page.select_one('a[href="/en/sources/"]')


def test_its_queries_do_not_grow_with_the_library(client, site_tree, django_assert_max_num_queries):
    SourceFactory.create_batch(3)
    client.get("/en/sources/")
    with CaptureQueriesContext(connection) as few:
        client.get("/en/sources/")
    SourceFactory.create_batch(9)
    with django_assert_max_num_queries(len(few)):
        client.get("/en/sources/")


def test_a_source_says_what_it_is_whom_it_binds_and_when_it_was_read(client, site_tree):
    newer = SourceFactory(key="e12", short_name="New list")
    SourceFactory(
        key="e1",
        title="Regulation",
        short_name="DUR",
        number="2021/821",
        archive_address="https://archive.example/e1",
        status_note="Annex replaced in 2025",
        successor=newer,
    )
    text = " ".join(main(client, "/en/sources/e1/").get_text().split())
    for told in (
        *("Binding law", "Regulation", "DUR", "European Union", "2021/821", "20 May 2021"),
        *("Exporters in the Union", "https://law.example/e1", "https://archive.example/e1"),
        *("Annex replaced in 2025", "New list", "2 March 2026"),
    ):
        assert told in text
    assert main(client, "/en/sources/e1/").select_one('a[href="/en/sources/e12/"]')


def test_a_key_in_capital_letters_leads_to_the_source(client, site_tree):
    SourceFactory(key="e1")
    answer = client.get("/en/sources/E1/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/sources/e1/")
    assert client.get("/en/sources/e9/").status_code == 404


def cited_by(client, path) -> list[tuple[str, str]]:
    teasers = main(client, path).select(".teaser")
    return [
        (each.h3.get_text(), each.select_one(".teaser__meta li").get_text()) for each in teasers
    ]


def test_it_names_the_guides_that_cite_it_and_where(client, site_tree):
    source = SourceFactory(key="e1")
    GuidePageFactory(
        title="At the word",
        text=f"<p>A{cite('e1', 'Art. 5(1)')} b{cite('e1', 'Art. 9')} c{cite('e1', 'Art. 9')}.</p>",
    )
    GuidePageFactory(title="In the list", further=[SourceFactory(), source])
    GuidePageFactory(title="Of another", text=f"<p>A{cite('e10')}</p>", further=[SourceFactory()])
    GuidePageFactory(title="A draft", live=False, text=f"<p>A{cite('e1')}</p>")
    closed = GuidePageFactory(title="Closed", text=f"<p>A{cite('e1')}</p>")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    found = cited_by(client, "/en/sources/e1/")
    assert found[0] == ("At the word", "Article 5(1) and Article 9")
    assert [title for title, _place in found] == ["At the word", "In the list"]


def test_guides_in_the_reader_s_language_come_first(client, site_tree):
    SourceFactory(key="e1")
    for language, title in (("en", "A guide"), ("fr", "Un guide")):
        text = f"<p>A{cite('e1', 'p. 2')}</p>"
        GuidePageFactory(title=title, content_language=language, text=text)
    assert [each[0] for each in cited_by(client, "/fr/sources/e1/")] == ["Un guide", "A guide"]
    assert [each[0] for each in cited_by(client, "/en/sources/e1/")] == ["A guide", "Un guide"]


def test_a_source_that_nothing_cites_says_so(client, site_tree):
    SourceFactory(key="e1")
    assert "No published guide cites it." in main(client, "/en/sources/e1/").get_text()


def test_machines_are_told_what_a_guide_cites(client, site_tree):
    SourceFactory(key="e1", title="Regulation")
    guide = GuidePageFactory(text=f"<p>A{cite('e1')}</p>")
    soup = BeautifulSoup(client.get(guide.url).content.decode(), "html.parser")
    told = json.loads(soup.find("script", type="application/ld+json").string)
    assert told["citation"] == [
        {"@type": "CreativeWork", "name": "Regulation", "url": "https://law.example/e1"}
    ]


def test_a_guide_is_found_by_the_names_of_its_sources(client, site_tree):
    SourceFactory(key="e1", title="Regulation Xyzzy", short_name="Plugh Act")
    guide = GuidePageFactory(text=f"<p>A{cite('e1', 'Art. 5')}</p>")
    body = Card.objects.get(kind="guide", key=str(guide.pk)).body
    assert "Regulation Xyzzy" in body
    assert "Plugh Act" in body
    assert "[e1" not in body


def test_the_map_of_the_site_knows_each_source(client, site_tree):
    SourceFactory(key="e1")
    text = client.get("/sitemap.xml").content.decode()
    assert "/en/sources/</loc>" in text
    assert "/en/sources/e1/</loc>" in text
