"""The register of states: what a reader finds, and the words it keeps to."""

from datetime import date

import pytest
from django.urls import reverse

from tests.knowledge.factories import MONTH_ONLY, StateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def states():
    return {
        "norway": StateFactory(iso2="NO", name="Norway", subscribing=True),
        "costa_rica": StateFactory(
            iso2="CR",
            name="Costa Rica",
            region="americas",
            subscribing=True,
            endorsed_on=date(2023, 4, 1),
            date_precision=MONTH_ONLY,
        ),
        "kosovo": StateFactory(iso2="XK", name="Kosovo", subscribing=True),
        "angola": StateFactory(iso2="AO", name="Angola", region="africa"),
        "tome": StateFactory(iso2="ST", name="São Tomé and Príncipe", region="africa"),
    }


def page(client, **params) -> str:
    response = client.get(reverse("states"), params)
    assert response.status_code == 200
    return response.content.decode()


def test_all_states_stand_in_one_table_with_counts(client, states):
    html = page(client)
    assert "3 Subscribing States commit to the Code of Conduct. 2 other states" in html
    assert "All 5 states" in html
    assert html.index(">Angola<") < html.index(">Kosovo<") < html.index(">Norway<")


def test_a_state_that_has_not_endorsed_is_a_summit_invitee(client, states):
    html = page(client, status="invited")
    assert "Summit invitee" in html
    assert "refus" not in html.lower()
    assert ">Angola<" in html
    assert ">Norway<" not in html


def test_dates_say_what_they_mean(client, states):
    html = page(client)
    assert "30 March 2023" in html
    assert "launch list" in html
    assert "April 2023" in html
    assert "1 April 2023" not in html
    assert "month only" in html


def test_sources_and_disclaimer_are_given(client, states):
    html = page(client)
    assert "miragenews.com" in html
    assert "volkovlaw.com" in html
    assert "no opinion on the legal status" in html
    assert "resolution 1244" in html


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"name": "nor"}, {"norway"}),
        ({"name": "sao tome"}, {"tome"}),
        ({"name": "PRÍNCIPE"}, {"tome"}),
        ({"name": "xk"}, {"kosovo"}),
        ({"region": "africa"}, {"angola", "tome"}),
        ({"status": "subscribing", "region": "americas"}, {"costa_rica"}),
    ],
)
def test_filters_narrow_the_register(client, states, params, found):
    html = page(client, **params)
    shown = {key for key, state in states.items() if f">{state.name}</a>" in html}
    assert shown == found
    assert f"{len(found)} of 5 states" in html


def test_what_was_asked_stays_in_the_form(client, states):
    assert 'value="nor"' in page(client, name="nor")


def test_nothing_found_says_how_to_go_on(client, states):
    html = page(client, name="atlantis")
    assert "No state fits" in html
    assert "<table" not in html


def test_an_unknown_region_is_an_error_by_its_field(client, states):
    html = page(client, region="moon", name="nor")
    assert "Choose a region from the list." in html
    assert "<title>Error: " in html
    assert 'value="nor"' in html
    assert ">Norway<" in html


def test_markup_in_the_name_is_text(client, states):
    assert "<script>alert" not in page(client, name="<script>alert(1)</script>")


def test_queries_do_not_grow_with_the_register(client, django_assert_num_queries, states):
    with django_assert_num_queries(1):
        client.get(reverse("states"))
    StateFactory.create_batch(30)
    with django_assert_num_queries(1):
        client.get(reverse("states"))
