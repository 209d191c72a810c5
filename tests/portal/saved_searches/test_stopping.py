"""Stopping the mails from a mail, without signing in."""

import re

import pytest
from django.test import Client

from portal.saved_searches.models import SavedSearch
from tests.factories import UserFactory
from tests.portal.saved_searches.factories import saved
from tests.portal.saved_searches.test_digests import THURSDAY, WEDNESDAY
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(member, clock, run, settings):
    settings.BASE_URL = "https://testserver"
    saved(member, "q=surveillance")
    saved(member, "q=ships", frequency="weekly")
    saved(UserFactory(), "q=surveillance")
    clock.shift(1)
    put_card("Surveillance")
    clock.move_to(WEDNESDAY)
    return next(one for one in run() if one.recipients() == [member.email])


def link(message) -> str:
    return re.search(r"https://testserver(/en/accounts/searches/stop/\S+)", message.body)[1]


def wanted(person) -> list[str]:
    return sorted(SavedSearch.objects.of(person).values_list("frequency", flat=True))


def test_a_page_asks_first_and_one_click_stops_all(message, member, clock, run):
    page = Client().get(link(message))
    assert page.status_code == 200
    assert wanted(member) == ["daily", "weekly"]
    page = Client(enforce_csrf_checks=True).post(link(message)).content.decode()
    assert "No more mail about saved searches" in page
    assert wanted(member) == ["none", "none"]
    assert SavedSearch.objects.filter(frequency="daily").count() == 1
    put_card("Surveillance again")
    clock.move_to(THURSDAY)
    assert member.email not in [one.recipients()[0] for one in run()]


def test_a_mail_program_does_it_by_itself(message, member):
    headers = message.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("https://testserver")
    data = {"List-Unsubscribe": "One-Click"}
    assert Client(enforce_csrf_checks=True).post(address, data).status_code == 200
    assert wanted(member) == ["none", "none"]


def test_the_page_says_nothing_of_whose_or_which(message, member):
    page = Client().get(link(message)).content.decode()
    for word in (member.email, member.name, "Cameras", "surveillance"):
        assert word not in page


@pytest.mark.parametrize("of", ["", "1", "1:x", "\0", ":", "x" * 5000, "1:1:1"])
def test_no_link_can_be_made_up(message, member, of):
    browser = Client(raise_request_exception=False)
    for answer in (
        browser.get("/en/accounts/searches/stop/", {"of": of}),
        browser.post("/en/accounts/searches/stop/", query_params={"of": of}),
        browser.post("/en/accounts/searches/stop/", {"of": link(message).partition("of=")[2]}),
    ):
        assert answer.status_code == 404
    assert wanted(member) == ["daily", "weekly"]


def test_one_persons_link_stops_nobody_elses(message, member):
    token = link(message).partition("of=")[2]
    other = UserFactory()
    saved(other)
    forged = token.replace(str(member.pk), str(other.pk), 1)
    address = f"/en/accounts/searches/stop/?of={forged}"
    assert Client().post(address).status_code == 404
    assert wanted(other) == ["daily"]
