"""The register of states: what a reader finds, and the words it keeps to."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from knowledge.states.dots import dot_map
from knowledge.states.queries import read_register
from tests.knowledge.factories import MONTH_ONLY, StateFactory

pytestmark = pytest.mark.django_db

# News pages that only copied what an issuer published.
MIRRORS = ("miragenews", "ebangla", "djayanews", "supplychainreport")


@pytest.fixture
def states():
    return {
        "norway": StateFactory(iso2="NO", subscribing=True),
        "costa_rica": StateFactory(
            iso2="CR",
            region="americas",
            subscribing=True,
            endorsed_on=date(2023, 4, 1),
            date_precision=MONTH_ONLY,
        ),
        "kosovo": StateFactory(iso2="XK", subscribing=True),
        "angola": StateFactory(iso2="AO", region="africa"),
        "tome": StateFactory(iso2="ST", region="africa"),
        "egypt": StateFactory(iso2="EG", region="africa", summit_2021=""),
    }


def page(client, **params) -> str:
    response = client.get(reverse("states"), params)
    assert response.status_code == 200
    return response.content.decode()


def test_the_register_is_the_subscribing_states(client, states):
    html = page(client)
    assert "3 states are known to have subscribed" in html
    assert "All 3 Subscribing States" in html
    assert html.index(">Costa Rica<") < html.index(">Kosovo<") < html.index(">Norway<")
    assert ">Angola<" not in html
    assert ">Egypt<" not in html


@pytest.mark.parametrize("name", ["angola", "egypt"])
def test_invited_or_not_any_other_state_is_found_by_the_same_words(client, states, name):
    html = page(client, name=name)
    assert "Not on the list of 2023" in html
    assert "1 state or territory found" in html
    assert "nvitee" not in html
    assert "refus" not in html.lower()


def world(html: str):
    return BeautifulSoup(html, "html.parser").select_one("svg.dots")


def test_the_map_marks_the_land_of_the_register(client, states):
    drawn = world(page(client))
    assert drawn["role"] == "img"
    assert "Subscribing States" in drawn["aria-label"]
    assert drawn.select_one(".dots__marked")["d"] == dot_map(["NO", "CR", "XK"]).marked
    assert drawn.select_one(".dots__land")["d"]


@pytest.mark.parametrize("params", [{"name": "nor"}, {"region": "americas"}, {"name": "atlantis"}])
def test_what_was_found_stands_without_the_map(client, states, params):
    assert world(page(client, **params)) is None


def test_a_register_with_nobody_says_so_and_draws_nothing(client):
    StateFactory(iso2="AO", region="africa")
    html = page(client)
    assert "None is recorded here yet." in html
    assert world(html) is None
    assert "By region" not in html


def test_a_state_without_a_dot_stands_in_the_table(client, states):
    StateFactory(iso2="XQ", subscribing=True)
    html = page(client)
    assert "All 4 Subscribing States" in html
    assert world(html).select_one(".dots__marked")["d"] == dot_map(["NO", "CR", "XK"]).marked


def test_each_region_is_counted_and_leads_to_its_states(client, states):
    html = page(client)
    rows = BeautifulSoup(html, "html.parser").select(".counts li")
    told = {row.find(["a", "span"]).text: row.strong.text for row in rows}
    assert told == {"Europe": "2", "Americas": "1", "Africa": "0", "Asia": "0", "Oceania": "0"}
    links = {row.a.text: row.a["href"] for row in rows if row.a}
    assert set(links) == {"Europe", "Americas"}
    assert "1 of 3 Subscribing States" in client.get(links["Americas"]).content.decode()


def test_what_is_known_stands_with_its_day_the_latest_first(client, states):
    signs = BeautifulSoup(page(client), "html.parser").select(".signs strong")
    days = ["30 November 2026", "March 2024", "April 2023", "30 March 2023"]
    assert [sign.text for sign in signs] == days


def test_an_old_address_that_asked_for_invitees_shows_the_register(client, states):
    assert "All 3 Subscribing States" in page(client, status="invited")


def test_dates_say_what_they_mean(client, states):
    html = page(client)
    assert "30 March 2023" in html
    assert "launch list" in html
    assert "April 2023" in html
    assert "1 April 2023" not in html
    assert "month only" in html
    assert "Last looked up on 30 November 2026" in html


def test_sources_and_disclaimer_are_given(client, states):
    html = page(client)
    assert "US Department of State, release of 30 March 2023" in html
    assert "volkovlaw.com" in html
    assert "no opinion on the legal status" in html
    assert "resolution 1244" in html
    assert not any(mirror in html for mirror in MIRRORS)


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"name": "nor"}, {"norway"}),
        ({"name": "são tomé"}, {"tome"}),
        ({"name": "PRINCIPE"}, {"tome"}),
        ({"name": "xk"}, {"kosovo"}),
        ({"name": "Égypte"}, {"egypt"}),
        ({"name": "مصر"}, {"egypt"}),
        ({"name": "Норвегия"}, {"norway"}),
        ({"name": "o", "region": "americas"}, {"costa_rica"}),
        ({"region": "americas"}, {"costa_rica"}),
        ({"region": "africa"}, set()),
    ],
)
def test_filters_narrow_and_names_find_in_any_language(client, states, params, found):
    html = page(client, **params)
    shown = {key for key, state in states.items() if f">{state.name}</a>" in html}
    assert shown == found


def test_names_and_order_are_those_of_the_readers_language(states):
    with override("fr"):
        names = [state.name for state in read_register(name="o").states]
    in_order = "Angola, Costa Rica, Égypte, Kosovo, Norvège, Sao Tomé-et-Principe"
    assert ", ".join(names) == in_order


def test_what_was_asked_stays_in_the_form(client, states):
    assert 'value="nor"' in page(client, name="nor")


def test_nothing_found_says_how_to_go_on(client, states):
    html = page(client, name="atlantis")
    assert "No state or territory fits" in html
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
