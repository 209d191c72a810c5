"""A deadline is told with its zone as people call it, and with what is left, wherever it stands."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from consultations.calls.zones import end_of_minute
from consultations.responses import actions
from portal.cms.jinja import deadline_in_words
from portal.stakeholders.roles import EDITOR, MODERATOR
from tests.consultations.responses.builders import consultation_that_asks, sent
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 4, 18, 12, tzinfo=UTC)
CLOSES = end_of_minute(datetime.fromisoformat("2027-04-30 23:59"), "Europe/Brussels")
TOLD = "30 April 2027, 23:59 (Brussels time)"
LEFT = "12 days left"


@pytest.fixture
def page(site_tree):
    with time_machine.travel(NOW, tick=False):
        yield consultation_that_asks(
            slug="signs", opens_at=datetime(2027, 1, 1, tzinfo=UTC), closes_at=CLOSES
        )


def browser(role=None):
    client = Client()
    if role:
        client.force_login(UserFactory(role=role))
    return client


def shown(answer) -> str:
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def test_in_words_it_has_what_is_left_until_it_is_over():
    deadline = datetime(2027, 4, 30, 21, 59, 59, tzinfo=UTC)
    for now, told in (
        (NOW, f"{TOLD}, {LEFT}"),
        (datetime(2027, 4, 29, tzinfo=UTC), f"{TOLD}, 45 hours left"),
        (datetime(2027, 5, 1, tzinfo=UTC), TOLD),
    ):
        with time_machine.travel(now, tick=False):
            assert deadline_in_words(deadline, "Europe/Brussels") == told


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/code/licensing/",
        "/en/consultations/",
        "/en/consultations/signs/",
        "/en/consultations/signs/respond/",
        "/en/consultations/signs/discussion/",
    ],
)
def test_every_page_that_has_it_says_both(page, address):
    text = shown(browser().get(address))
    assert TOLD in text
    assert LEFT in text


def test_so_does_the_status_page_while_the_response_can_be_changed(page):
    _response, code = sent(page)
    visitor = Visitor(page, Client())
    visitor.send("resume", {"code": code})
    assert f"You can change this response until {TOLD}, {LEFT}" in shown(
        visitor.client.get(visitor.at("status"))
    )


@pytest.mark.parametrize(("name", "args"), [("paper_answers", False), ("enter_answer", True)])
def test_so_does_the_admin(page, name, args):
    client = browser(MODERATOR)
    text = shown(client.get(reverse(name, args=[page.pk] if args else [])))
    assert f"{TOLD}, {LEFT}" in text


def test_the_end_of_a_late_token_is_told_like_it(page):
    moderator = UserFactory(role=MODERATOR)
    until = end_of_minute(datetime.fromisoformat("2027-05-03 18:00"), page.timezone)
    actions.give_late_token(consultation=page, by=moderator, reason="person", expires_at=until)
    client = Client()
    client.force_login(moderator)
    text = shown(client.get(reverse("late_tokens", args=[page.pk])))
    assert "3 May 2027, 18:00 (Brussels time), 15 days left" in text
    assert "in Brussels time: e.g. 2027-01-31 23:59" in text


def test_whoever_extends_it_reads_in_which_zone_they_type(page):
    text = shown(browser(EDITOR).get(reverse("extend_consultation", args=[page.pk])))
    assert "The last minute that is in time, in Brussels time" in text


@pytest.mark.parametrize("name", ["form/", "form.txt"])
def test_what_is_taken_away_has_the_zone_and_no_days_left(page, name):
    """They would be wrong tomorrow, and tell on which day a form that comes back was taken."""
    text = browser().get(f"{page.url}{name}").content.decode()
    assert f"by {TOLD}." in text
    assert "days left" not in text
    if name == "form.txt":
        with time_machine.travel(NOW.replace(day=20), tick=False):
            assert browser().get(f"{page.url}{name}").content.decode() == text
