"""The search page, as a visitor without JavaScript has it."""

import re
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from portal.curation.models import MissedSearch
from portal.search.engines.base import Engine
from portal.search.query import SearchPage
from portal.search.views import FACETS
from portal.search.vocabulary.statistics import count_words
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


def page_of(client, **params):
    response = client.get(reverse("search"), params)
    assert response.status_code == 200
    return response.content.decode()


def test_finds_by_words_and_keeps_them_in_the_box(client):
    put_card("Licensing of surveillance", summary="How to weigh a licence")
    put_card("Drones")
    html = page_of(client, q="licensing")
    assert "<mark>Licensing</mark> of surveillance" in html
    assert "Drones</a>" not in html
    assert 'value="licensing"' in html
    assert "<title>licensing (1 result) – Search – Code in Practice</title>" in html
    assert "1 result for" in html
    assert 'content="noindex"' in html


def test_without_words_shows_everything_and_may_be_indexed(client):
    put_card("Drones")
    html = page_of(client)
    assert "1 entry" in html
    assert "Drones" in html
    assert "noindex" not in html


def test_facets_chips_and_addresses(client):
    put_card("One", facets={"commitment": ["licensing"]})
    put_card("Two", facets={"commitment": ["capacity"]})
    html = page_of(client, commitment="licensing", q="one OR two")
    assert "1 result for" in html
    assert 'name="commitment" value="licensing" checked' in html
    assert 'name="commitment" value="capacity">' in html  # still on offer: it would widen
    assert 'href="/en/search/?q=one+OR+two#found"' in html  # the chip that takes the filter off


def test_unknown_value_is_told_and_left_out(client):
    put_card("One", facets={"commitment": ["licensing"]})
    html = page_of(client, commitment="<world-peace>")
    assert "“&lt;world-peace&gt;” is not a choice under “Commitment”" in html
    assert "1 entry" in html


def test_who_asks_for_all_that_a_filter_may_be_gets_no_page_of_megabytes(client):
    put_card("One")
    assert len(page_of(client, year=[f"{year:04}" for year in range(1_500, 2_400)])) < 1_000_000


def test_unknown_facet_is_ignored(client):
    put_card("One")
    assert "1 entry" in page_of(client, colour="blue")


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "1.5", "٣", "9" * 30])
def test_a_page_that_does_not_exist(client, page):
    put_card("One")
    assert client.get(reverse("search"), {"page": page}).status_code == 404


def test_nothing_found_leads_on_to_what_would_be_found(client):
    put_card("Quantum physics", facets={"commitment": ["licensing"]})
    put_card("Quantum foam", facets={"commitment": ["capacity"]})
    soup = BeautifulSoup(page_of(client, q='"quantum foam"', commitment="licensing"), "html.parser")
    assert "with these filters" in soup.find(id="found").get_text()
    without = soup.find("a", string="Search without the filters")
    assert without["href"] == "/en/search/?q=%22quantum+foam%22"
    any_word = soup.find("a", string="Find what has any one of these words")
    assert any_word["href"] == "/en/search/?q=quantum+OR+foam&commitment=licensing"
    for link in (without, any_word):
        assert "(1 result)" in link.parent.get_text()
    assert soup.find("main").find("a", href="/en/guides/")


def test_nothing_found_leads_to_no_other_nothing(client):
    put_card("One", facets={"commitment": ["licensing"]})
    html = page_of(client, q="quantum foam", commitment="licensing")
    assert "Nothing was found for" in html
    assert "Search without the filters" not in html
    assert "any one of these words" not in html


@pytest.mark.parametrize("text", ['"', "*", "-", "()", "🎉", "-licensing"])
def test_only_signs_say_that_a_word_is_needed(client, text):
    put_card("Licensing")
    assert "A search needs at least one word" in page_of(client, q=text)


def test_pages_link_to_each_other(client):
    for number in range(45):
        put_card(f"Guide {number}")
    html = page_of(client, q="guide", page=2)
    assert "Page 2 of 3" in html
    assert '?q=guide&amp;page=3#found"' in html
    assert '?q=guide#found"' in html


def test_mark_up_in_a_card_is_text(client):
    put_card("<script>alert(1)</script> spyware", body="<img src=x onerror=alert(1)> spyware")
    html = page_of(client, q="spyware")
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_queries_do_not_grow_with_rows(client, django_assert_max_num_queries):
    from portal.search import facet_counts

    for number in range(30):
        put_card(f"Guide {number}", state="BE", facets={"stage": ["transit"]}, group="industry")
    facet_counts._remembered.clear()
    with django_assert_max_num_queries(8):
        page_of(client, q="guide", state="BE")


def test_every_facet_may_be_chosen_at_once(client):
    put_card(
        "Licensing",
        kind="consultation",
        state="BE",
        group="industry",
        date=datetime(2026, 5, 4, tzinfo=UTC),
        facets={
            "commitment": ["licensing"],
            "stage": ["transit"],
            "technology": ["drones"],
            "type": ["checklist"],
            "phase": ["open"],
        },
    )
    put_card("Licensing", kind="consultation", state="FR", date=datetime(2025, 1, 1, tzinfo=UTC))
    chosen = {
        **{"kind": "consultation", "commitment": "licensing", "phase": "open", "stage": "transit"},
        **{"technology": "drones", "type": "checklist", "group": "industry", "state": "BE"},
        **{"language": "en", "year": "2026"},
    }
    html = page_of(client, q="licensing", **chosen)
    assert "1 result for" in html
    soup = BeautifulSoup(html, "html.parser")
    for name, value in chosen.items():
        box = soup.find("input", {"name": name, "value": value, "checked": True})
        assert box.find_parent("details").has_attr("open"), name
    assert len(soup.select(".chips__chip")) == len(chosen)


def test_years_stand_newest_first(client):
    for year in (2024, 2026, 2025):
        put_card("Licensing", date=datetime(year, 6, 1, tzinfo=UTC))
    soup = BeautifulSoup(page_of(client), "html.parser")
    years = [box["value"] for box in soup.find_all("input", {"name": "year"})]
    assert years == ["2026", "2025", "2024"]


def test_a_result_says_what_it_is_in_which_language_where_and_when(client):
    put_card(
        "رقابة التصدير",
        summary="ضوابط المراقبة",
        language="ar",
        state="BE",
        group="academia",
        date=datetime(2026, 5, 4, tzinfo=UTC),
    )
    soup = BeautifulSoup(page_of(client), "html.parser")
    entry = soup.find(class_="teaser")
    assert entry.find(class_="teaser__kind").get_text(" ", strip=True) == "Guide · العربية"
    for part in (entry.h3, entry.find(class_="teaser__summary")):
        assert (part["lang"], part["dir"]) == ("ar", "rtl")
    facts = [each.get_text(" ", strip=True) for each in entry.select(".teaser__meta > li")]
    assert facts == ["Academia", "Belgium", "4 May 2026"]


def test_where_a_comment_stands_is_said_in_the_page_s_language(client):
    put_card("", kind="comment", context="Comment on a draft", language="ar", body="المراقبة")
    soup = BeautifulSoup(page_of(client), "html.parser")
    assert not soup.find("h3").has_attr("lang")
    assert soup.find(class_="teaser__summary")["lang"] == "ar"


def test_title_tells_total_and_position(client):
    for number in range(45):
        put_card(f"Guide {number}")
    html = page_of(client, q="guide", page=2)
    title = BeautifulSoup(html, "html.parser").title.get_text(strip=True)
    assert title == "guide (45 results) – Page 2 of 3 – Search – Code in Practice"
    assert "21 to 40 of 45" in html
    assert '<ol class="teasers" start="21">' in html


class Answering(Engine):
    """An engine that answers the same to everybody, whatever is asked."""

    answer: ClassVar[SearchPage]

    def search(self, query):
        return self.answer

    def complete(self, text, **arguments):
        return []

    def similar(self, kind, key, **arguments):
        return []


@pytest.fixture
def answers(settings, monkeypatch):
    """`answers(suggestion=…, simpler=…)`: what the engine says from now on."""

    def set_answer(**values):
        page = {"hits": [], "total": 0, "page": 1, "pages": 1, **values}
        monkeypatch.setattr(Answering, "answer", SearchPage(**page), raising=False)
        settings.SEARCH_ENGINE = f"{__name__}.Answering"

    return set_answer


def test_another_spelling_is_a_link_that_keeps_the_filters(client, answers):
    answers(suggestion="facial recognition")
    html = page_of(client, q="facial recogniton", kind="guide")
    link = BeautifulSoup(html, "html.parser").find("a", string="facial recognition")
    assert link["href"] == "/en/search/?q=facial+recognition&kind=guide"
    assert "Did you mean" in link.parent.get_text()


def test_says_calmly_when_results_are_simpler(client, answers):
    answers(simpler=True)
    assert "Search is simpler than usual at the moment." in page_of(client, q="licensing")
    answers()
    assert "simpler" not in page_of(client, q="licensing")


@pytest.fixture
def recommended(site_tree):
    """A page that editors recommend for "surveillance"."""
    page = site_tree.guides
    SearchPromotion.objects.create(
        query=Query.get("surveillance"), page=page, description="Begin <here>."
    )
    return page


def test_recommendations_stand_above_the_first_page_and_say_so(client, recommended):
    for number in range(25):
        put_card(f"Surveillance {number}")
    soup = BeautifulSoup(page_of(client, q="Surveillance"), "html.parser")
    section = soup.find(class_="promoted")
    assert section.h3.get_text() == "Recommended by the editors"
    assert section.a["href"] == recommended.url
    assert "Begin <here>." in section.get_text()
    for params in ({"page": 2}, {"kind": "guide"}, {"q": "drones"}):
        assert "Recommended by" not in page_of(client, **{"q": "surveillance", **params})


def test_recommendations_stand_where_nothing_is_found_too(client, recommended):
    html = page_of(client, q="surveillance")
    assert "Nothing was found for" in html
    assert "Recommended by the editors" in html


def missed():
    """How often each text was counted; the texts themselves are not kept at first."""
    return [row.count for row in MissedSearch.objects.all()]


def test_what_is_searched_in_vain_is_counted_for_editors_once_in_an_hour(client):
    with time_machine.travel("2026-05-04T10:00Z", tick=False) as clock:
        page_of(client, q="quantum foam")
        page_of(client, q="Quantum  FOAM")
        assert missed() == [1]
        clock.shift(timedelta(hours=1, seconds=1))
        page_of(client, q="quantum foam")
    assert missed() == [2]


@pytest.mark.parametrize(
    ("params", "headers"),
    [
        ({"q": "quantum foam", "kind": "guide"}, {}),
        ({"q": ""}, {}),
        ({"q": "-quantum"}, {}),
        ({"kind": "guide"}, {}),
        ({"q": "licensing"}, {}),
        ({"q": "quantum foam"}, {"Sec-Purpose": "prefetch;prerender"}),
    ],
)
def test_what_is_no_search_in_vain_is_not_counted(client, params, headers):
    put_card("Licensing", kind="state")
    assert client.get(reverse("search"), params, headers=headers).status_code == 200
    assert missed() == []


def test_a_search_leads_to_hearing_of_what_is_new(client):
    put_card("Licensing", state="BE")
    soup = BeautifulSoup(
        page_of(client, q="licensing & law", state="BE", sort="title"), "html.parser"
    )
    save = urlsplit(soup.find("a", string=re.compile("save this search"))["href"])
    assert save.path == reverse("saved_searches:save")
    assert parse_qs(save.query) == {
        "language": ["en"],
        "query": ["q=licensing+%26+law&state=BE"],
    }
    feed = soup.find("a", string=re.compile("Atom"))["href"]
    assert feed == "/feeds/search/?lang=en&q=licensing+%26+law&state=BE"
    assert soup.find("link", rel="alternate")["href"] == feed
    assert client.get(feed).status_code == 200


def test_everything_or_nothing_is_not_to_be_followed(client):
    assert "save this search" not in page_of(client)
    assert "save this search" not in page_of(client, q="-licensing")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["q", "sort", "x", "lang", *FACETS]) | st.text(max_size=5),
            st.text(max_size=40) | st.sampled_from(["BE", "2026", "guide", "open", "-1", "\0"]),
        ),
        max_size=8,
    )
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_address_is_an_error(client, pairs):
    response = client.get(reverse("search"), QUERY_STRING=urlencode(pairs, errors="replace"))
    assert response.status_code == 200 or any(name == "page" for name, _ in pairs)
    assert response.status_code in (200, 404)


def test_what_has_some_of_the_words_is_shown_as_such_and_counted_as_missed(client):
    from portal.curation.models import MissedSearch

    put_card("Licensing of spyware")
    html = page_of(client, q="licensing moonlight")
    assert "Nothing has all of your words" in html
    assert "</mark> of spyware" in html
    assert MissedSearch.objects.count() == 1
    assert "Nothing has all of your words" not in page_of(client, q="licensing spyware")
    assert MissedSearch.objects.count() == 1


def test_says_how_many_have_all_of_the_words(client):
    put_card("Drones", body="and their licensing and their export")
    put_card("Drones and licensing")
    html = page_of(client, q="drones licensing export")
    assert "1 of these has all of your words, the others some of them." in html


def test_says_that_nothing_has_the_words_as_they_were_spelt(client):
    put_card("Surveillance of journalists")
    count_words()
    html = page_of(client, q="survelliance of journalists")
    assert "Nothing has these words as you spelt them." in html
    assert "Nothing has these words" not in page_of(client, q="surveillance of journalists")
