"""Any search as an Atom feed."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEED = "/feeds/search/"


def read(client, **params) -> ElementTree.Element:
    answer = client.get(FEED, params)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def titles(feed: ElementTree.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_it_has_what_the_search_finds_the_newest_first(client):
    licensing = {"commitment": ["licensing"]}
    put_card("Old cameras", date=datetime(2025, 1, 1, tzinfo=UTC), facets=licensing)
    put_card("New cameras", date=datetime(2026, 1, 1, tzinfo=UTC), facets=licensing)
    put_card("Cameras at large", date=datetime(2024, 1, 1, tzinfo=UTC))
    put_card("Ships", facets=licensing)
    assert titles(read(client, q="cameras", commitment="licensing")) == [
        "New cameras",
        "Old cameras",
    ]
    assert len(titles(read(client))) == 4


def test_it_is_whole_by_the_standard(client, settings):
    settings.BASE_URL = "https://portal.example"
    put_card(
        "Caméras",
        key="a b/c",
        language="fr",
        summary="Vue & <son>",
        date=datetime(2026, 1, 2, 3, tzinfo=UTC),
    )
    feed = read(client, q="caméras", lang="en")
    for name in ("title", "id", "updated", "author", "link"):
        assert feed.find(f"{ATOM}{name}") is not None, name
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    address = "q=cam%C3%A9ras"
    assert links == {
        "self": f"https://portal.example/feeds/search/?lang=en&{address}",
        "alternate": f"https://portal.example/en/search/?{address}&sort=newest",
    }
    assert feed.findtext(f"{ATOM}id") == links["self"]
    entry = feed.find(f"{ATOM}entry")
    assert entry.get(LANG) == "fr"
    assert entry.findtext(f"{ATOM}id") == "tag:portal.example,2026:guide/a%20b%2Fc"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-02T03:00:00+00:00"
    assert entry.find(f"{ATOM}link").get("href") == "https://portal.example/en/guide/a%20b/c/"
    assert entry.find(f"{ATOM}category").get("term") == "Guide"
    summary = entry.find(f"{ATOM}summary")
    assert (summary.get("type"), summary.text) == ("html", "Vue &amp; &lt;son&gt;")
