"""The search page, as a visitor without JavaScript has it."""

import pytest
from django.urls import reverse

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
    assert 'href="/en/search/?q=one+OR+two"' in html  # the chip that takes the filter off


def test_unknown_value_is_told_and_left_out(client):
    put_card("One", facets={"commitment": ["licensing"]})
    html = page_of(client, commitment="<world-peace>")
    assert "“&lt;world-peace&gt;” is not a choice under “Commitment”" in html
    assert "1 entry" in html


def test_unknown_facet_is_ignored(client):
    put_card("One")
    assert "1 entry" in page_of(client, colour="blue")


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "1.5", "٣", "9" * 30])
def test_a_page_that_does_not_exist(client, page):
    put_card("One")
    assert client.get(reverse("search"), {"page": page}).status_code == 404


def test_nothing_found_helps_on(client):
    put_card("One", facets={"commitment": ["licensing"]})
    html = page_of(client, q="quantum foam", commitment="licensing")
    assert "Nothing was found" in html
    assert "?q=quantum+OR+foam&amp;commitment=licensing" in html
    assert 'href="/en/search/?q=quantum+foam"' in html
    assert 'href="/en/guides/"' in html


@pytest.mark.parametrize("text", ['"', "*", "-", "()", "🎉", "-licensing"])
def test_only_signs_say_that_a_word_is_needed(client, text):
    put_card("Licensing")
    assert "A search needs at least one word" in page_of(client, q=text)


def test_pages_link_to_each_other(client):
    for number in range(45):
        put_card(f"Guide {number}")
    html = page_of(client, q="guide", page=2)
    assert "Page 2 of 3" in html
    assert '?q=guide&amp;page=3"' in html
    assert '?q=guide"' in html


def test_mark_up_in_a_card_is_text(client):
    put_card("<script>alert(1)</script> spyware", body="<img src=x onerror=alert(1)> spyware")
    html = page_of(client, q="spyware")
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_queries_do_not_grow_with_rows(client, django_assert_max_num_queries):
    from portal.search import tally

    for number in range(30):
        put_card(f"Guide {number}", state="BE", facets={"stage": ["transit"]}, group="industry")
    tally._remembered.clear()
    with django_assert_max_num_queries(8):
        page_of(client, q="guide", state="BE")
