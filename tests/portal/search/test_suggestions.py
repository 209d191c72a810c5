"""What a search box offers while somebody types."""

import pytest
from django.urls import reverse

from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


def suggestions(client, text, **params):
    response = client.get(reverse("search_suggestions"), {"q": text, **params})
    assert response.status_code == 200
    return response.json()


def test_offers_entries_by_title_with_what_they_are(client):
    one = put_card("Licensing of surveillance", kind="guide", language="fr")
    put_card("Drones", body="surveillance")
    assert suggestions(client, "surv") == [
        {
            "title": "Licensing of surveillance",
            "url": one.url,
            "kind": "Guide",
            "language": "fr",
        }
    ]


def test_at_most_eight(client):
    for number in range(12):
        put_card(f"Surveillance {number}")
    assert len(suggestions(client, "surveillance")) == 8


def test_what_few_may_see_is_offered_to_nobody(client, admin_client):
    put_card("Secret surveillance", visible_to="moderators")
    assert suggestions(client, "surveillance") == []
    assert suggestions(admin_client, "surveillance") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "s",
        " ",
        '"',
        "*",
        "-",
        "\0",
        "🎉",
        "surv\0eillance",
        "x" * 50_000,
        "\ud800",
        "%' OR 1=1",
    ],
)
def test_whatever_is_typed_is_no_error(client, text):
    put_card("Surveillance")
    assert isinstance(suggestions(client, text.encode("utf-8", "surrogatepass")), list)


def test_nothing_typed_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("search_suggestions")).json() == []


def test_a_few_queries_however_much_there_is(client, django_assert_max_num_queries):
    for number in range(30):
        put_card(f"Surveillance {number}", facets={"stage": ["transit"]})
    with django_assert_max_num_queries(3):
        suggestions(client, "surveillance")


def test_it_is_kept_for_half_a_minute_by_the_reader_alone_and_for_reading_only(client):
    response = client.get(reverse("search_suggestions"), {"q": "surveillance"})
    assert response["Cache-Control"] == "private, max-age=30"
    assert response["X-Robots-Tag"] == "noindex"
    assert "Cookie" not in response.get("Vary", "")
    assert client.post(reverse("search_suggestions")).status_code == 405
