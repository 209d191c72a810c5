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


def test_a_subscribing_state_shows_its_date_and_what_it_means(client):
    StateFactory(iso2="NO", name="Norway", subscribing=True)
    html = page(client, "no")
    assert "<h1" in html
    assert "Norway</h1>" in html
    assert "Subscribing State" in html
    assert "30 March 2023" in html
    assert "not necessarily the day of" in html
    assert "miragenews.com" in html


def test_a_month_is_never_shown_as_a_day(client):
    StateFactory(
        iso2="CR", subscribing=True, endorsed_on=date(2023, 4, 1), date_precision=MONTH_ONLY
    )
    html = page(client, "cr")
    assert "April 2023" in html
    assert "1 April 2023" not in html
    assert "The exact date is not verified" in html


def test_an_invitee_reads_how_to_endorse_and_nothing_of_refusing(client):
    StateFactory(iso2="AO", name="Angola")
    html = page(client, "ao")
    assert "Summit invitee" in html
    assert "How a state endorses the Code" in html
    assert "Presumed invited again" in html
    assert "refus" not in html.lower()
    assert "What the date means" not in html


def test_kosovo_carries_its_note(client):
    StateFactory(iso2="XK", name="Kosovo", subscribing=True, note="show the UN-style footnote")
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


def test_upper_case_moves_for_good(client):
    StateFactory(iso2="NO")
    response = client.get("/en/states/NO/")
    assert response.status_code == 301
    assert response["Location"] == "/en/states/no/"


@pytest.mark.parametrize("code", ["zz", "ZZ", "norway", "n-o"])
def test_an_unknown_code_is_not_found(client, code):
    assert client.get(f"/en/states/{code}/", follow=True).status_code == 404
