"""Any search as an Atom feed."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from portal.search.cards import remove
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
        "self": f"http://testserver/feeds/search/?lang=en&{address}",
        "alternate": f"http://testserver/en/search/?{address}&sort=newest",
    }
    name = f"https://portal.example/feeds/search/?lang=en&{address}"
    assert feed.findtext(f"{ATOM}id") == name, "the same by whatever host it is read"
    entry = feed.find(f"{ATOM}entry")
    assert entry.get(LANG) == "fr"
    assert entry.findtext(f"{ATOM}id") == "tag:portal.example,2026:guide/a%20b%2Fc"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-02T03:00:00+00:00"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/en/guide/a%20b/c/"
    assert entry.find(f"{ATOM}category").get("term") == "Guide"
    summary = entry.find(f"{ATOM}summary")
    assert (summary.get("type"), summary.text) == ("html", "Vue &amp; &lt;son&gt;")


def test_an_entry_is_the_same_until_its_date_changes(client, clock):
    put_card("Undated cameras", key="1")
    put_card("Coming cameras", key="2", date=datetime(2027, 1, 1, tzinfo=UTC))
    first = client.get(FEED, {"q": "cameras"})
    clock.shift(86_400)
    put_card("Undated cameras", key="1")  # the index written anew
    second = client.get(FEED, {"q": "cameras"})
    assert first.content == second.content
    assert b"<updated>2026-11-24T12:00:00+00:00</updated>" in first.content


def test_who_has_it_already_gets_it_not_again(client):
    put_card("Cameras", key="1")
    first = client.get(FEED, {"q": "cameras"})
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(FEED, {"q": "cameras"}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    remove("guide", "1")
    gone = client.get(FEED, {"q": "cameras"}, headers={"if-none-match": first["ETag"]})
    assert gone.status_code == 200
    assert b"Cameras</title><link" not in gone.content


def test_an_empty_feed_is_whole_and_stays_the_same(client, clock):
    first = client.get(FEED, {"q": "nothing"})
    clock.shift(86_400)
    again = client.get(FEED, {"q": "nothing"}, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    feed = ElementTree.fromstring(first.content)  # noqa: S314 - our own
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_the_public_circle_alone_is_in_it(client, member):
    put_card("Cameras for all")
    put_card("Cameras canary", visible_to="circle")
    client.force_login(member)
    assert titles(read(client, q="cameras")) == ["Cameras for all"]


def test_it_has_the_newest_fifty(client):
    for number in range(60):
        put_card(f"Cameras {number}", date=datetime(2026, 1, 1, 0, number, tzinfo=UTC))
    found = titles(read(client, q="cameras", page="2", sort="title"))
    assert found == [f"Cameras {number}" for number in range(59, 9, -1)]


def test_it_costs_the_same_however_long(client, django_assert_max_num_queries):
    for _number in range(30):
        put_card("Cameras", facets={"commitment": ["licensing"]})
    read(client, q="cameras")  # each process asks PostgreSQL once for the stems of a word
    with django_assert_max_num_queries(7):
        read(client, q="cameras", commitment="licensing")


def test_what_is_no_character_of_xml_is_left_out(client):
    put_card("Cameras \ufffe and \uffff", summary="x")
    put_card("Cameras & <b>“more”</b>")
    found = titles(read(client, q="cameras \x01\x0b\ufffe"))
    assert sorted(found) == ["Cameras   and  ", "Cameras & <b>“more”</b>"]


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"commitment": "nonsense"}, "“nonsense” is not a choice under “Commitment”"),
        ({"state": "\0"}, "is not a choice under “State”"),
        ({"lang": "xx"}, "“lang” is not a language of this portal."),
        ({"lang": ""}, "“lang” is not a language of this portal."),
        ({"lang": "../en"}, "“lang” is not a language of this portal."),
    ],
)
def test_what_we_do_not_know_is_refused_in_plain_words(client, params, said):
    answer = client.get(FEED, params)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff",
        "q=a&q=b",
        "q=" + "x" * 50_000,
        "q=" + "%F0%9F%93%B7" * 5_000,
        "page=x",
        "sort=%00",
        "q=%ED%A0%80",
        "&".join(["commitment=licensing"] * 900),
        "utm_source=x",
        "q=%22",
        "q=-a",
        "q=OR",
    ],
)
def test_whatever_is_asked_is_answered(client, query):
    answer = client.get(f"{FEED}?{query}")
    assert answer.status_code == 200
    ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def test_it_is_only_read(client):
    assert client.post(FEED).status_code == 405
    assert client.head(FEED, {"q": "cameras"}).content == b""


def test_the_search_page_leads_to_it(client):
    put_card("Cameras", facets={"commitment": ["licensing"]})
    page = client.get("/en/search/", {"q": "cameras", "commitment": "licensing"}).content.decode()
    address = f"{FEED}?lang=en&q=cameras&commitment=licensing"
    assert f'href="{address.replace("&", "&amp;")}"' in page
    assert titles(ElementTree.fromstring(client.get(address).content)) == ["Cameras"]  # noqa: S314
