"""The page of a state."""

from datetime import date

import pytest

from knowledge.states import registry
from portal.cms.shelves import Teaser
from tests.knowledge.factories import MONTH_ONLY, StateFactory

pytestmark = pytest.mark.django_db


def page(client, code: str) -> str:
    response = client.get(f"/en/states/{code}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_subscribing_state_shows_its_date_what_it_means_and_its_own_source(client):
    StateFactory(
        iso2="NO",
        subscribing=True,
        endorsement_source="The gazette of Norway",
        endorsement_url="https://gazette.example/1",
    )
    html = page(client, "no")
    assert "<h1" in html
    assert "Norway</h1>" in html
    assert "Subscribing State to the Code of Conduct since 30 March 2023." in html
    assert "not necessarily the day of" in html
    assert '<a href="https://gazette.example/1">The gazette of Norway</a>' in html


def test_a_month_is_never_shown_as_a_day(client):
    StateFactory(
        iso2="CR", subscribing=True, endorsed_on=date(2023, 4, 1), date_precision=MONTH_ONLY
    )
    html = page(client, "cr")
    assert "April 2023" in html
    assert "1 April 2023" not in html
    assert "The exact date is not verified" in html


@pytest.mark.parametrize(("code", "invited"), [("AO", "invited"), ("EG", ""), ("GL", "")])
def test_every_other_state_or_territory_has_the_same_neutral_page(client, code, invited):
    StateFactory(iso2=code, summit_2021=invited)
    html = page(client, code.lower())
    assert "Not on the list of Subscribing States of 2023. This says nothing about its" in html
    assert "What the date means" not in html
    assert "Source of the endorsement" not in html
    for presumed in ("nvitee", "refus", "resumed", "endorsements are sought", "as from any other"):
        assert presumed not in html


def test_an_invitation_is_a_dated_fact_with_its_source_or_unknown(client):
    StateFactory(iso2="AO", summit_2021="invited", summit_2023="")
    html = page(client, "ao")
    assert "9 and 10 December 2021, held online: Invited." in html
    assert "list of invited participants of 23 November 2021" in html
    assert "29 and 30 March 2023, five hosts: unknown, since no list" in html
    assert "18 to 20 March 2024, Seoul: unknown, since no list" in html


def test_nothing_is_made_of_an_invitation_that_is_not_recorded(client):
    StateFactory(iso2="EG", summit_2021="")
    html = page(client, "eg")
    assert "9 and 10 December 2021, held online: not named in the published list." in html
    assert html.count(": unknown, since") == 2


def test_the_page_says_that_no_endorsement_is_taken_and_leads_to_the_form(client):
    StateFactory(iso2="AO")
    html = page(client, "ao")
    assert "accepts no endorsement" in html
    assert 'href="/en/states/ao/source/"' in html
    assert "miragenews" not in html


def test_kosovo_carries_its_note(client):
    StateFactory(iso2="XK", subscribing=True, note="show the UN-style footnote")
    html = page(client, "xk")
    assert "resolution 1244" in html
    assert "show the UN-style footnote" not in html


def test_what_other_rooms_publish_is_listed(client, monkeypatch):
    StateFactory(iso2="NO")
    entry = registry.PublishedAbout(
        "laws", "Laws", lambda state: [Teaser(f"Law of {state.iso2}", "/en/guides/law/")]
    )
    monkeypatch.setattr(registry, "_lists", {})
    assert "No guide on this portal" in page(client, "no")
    registry.register(entry)
    html = page(client, "no")
    assert "Law of NO" in html
    assert "No guide on this portal" not in html


@pytest.mark.parametrize("path", ["", "source/"])
def test_upper_case_moves_for_good(client, path):
    StateFactory(iso2="NO")
    response = client.get(f"/en/states/NO/{path}")
    assert response.status_code == 301
    assert response["Location"] == f"/en/states/no/{path}"


@pytest.mark.parametrize("code", ["zz", "ZZ", "norway", "n-o"])
@pytest.mark.parametrize("path", ["", "source/"])
def test_an_unknown_code_is_not_found(client, code, path):
    assert client.get(f"/en/states/{code}/{path}", follow=True).status_code == 404
