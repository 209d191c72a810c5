"""What happens to consultations, as a feed reader reads it."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
import time_machine

from consultations.calls.actions import extend_consultation
from portal.stakeholders.roles import EDITOR
from tests.consultations.factories import ConsultationPageFactory, closed_meanwhile
from tests.consultations.moderation.building import screener
from tests.consultations.publication.building import published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ALL = "/feeds/consultations/"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def page(consultations, clock):
    return ConsultationPageFactory(
        title="Warning <signs> & marks", slug="signs", questionnaire=True, closes_at=NOON + 90 * DAY
    )


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def of(page):
    return f"{ALL}{page.slug}/"


def test_one_consultation_from_its_opening_to_its_outcome(client, page, clock):
    extend_consultation(
        consultation=page,
        by=UserFactory(role=EDITOR),
        closes_at=page.closes_at + 7 * DAY,
        reason="Two holidays fall into it.",
    )
    page.refresh_from_db()
    assert [each.title for each in read(client, of(page)).entries] == ["Deadline moved", "Opened"]
    page.outcome_published_at = page.closes_at + 30 * DAY
    page.outcome_summary = "Two indicators were added."
    page.save_revision().publish()
    clock.move_to(page.closes_at + 31 * DAY)
    feed = read(client, of(page))
    titles = ["Outcome published", "Closed", "Deadline moved", "Opened"]
    assert [each.title for each in feed.entries] == titles
    outcome, closed, moved, opened = feed.entries
    assert outcome.summary == "Two indicators were added."
    assert outcome.link == f"http://testserver{page.url}#outcome"
    assert closed.updated == page.closes_at.isoformat()
    assert "Two holidays fall into it." in moved.summary
    assert "(Brussels time)" in opened.summary
    assert len({each.id for each in feed.entries}) == 4
    assert feed.feed.updated == outcome.updated


def test_all_consultations_in_one_feed_each_by_its_title(client, page):
    ConsultationPageFactory(title="Over", closed=True)
    ConsultationPageFactory(title="To come", scheduled=True)
    ConsultationPageFactory(title="A draft", live=False)
    ConsultationPageFactory(title="Withdrawn", cancelled=True)
    titles = [each.title for each in read(client, ALL).entries]
    assert set(titles) == {
        "Opened: Warning <signs> & marks",
        "Closed: Over",
        "Opened: Over",
        "Cancelled: Withdrawn",
        "Opened: Withdrawn",
    }


def test_it_costs_the_same_for_many(client, page, django_assert_max_num_queries):
    for _each in range(5):
        ConsultationPageFactory(closed=True)
    with django_assert_max_num_queries(7):
        read(client, ALL)


@pytest.mark.parametrize("address", [ALL, f"{ALL}signs/"])
def test_publication_is_told_by_the_day_once_it_has_ended(client, page, clock, address):
    by = screener()
    with closed_meanwhile([page], NOON):
        for _each in range(3):
            published(page, by, at=NOON)
    today = read(client, address).entries
    assert not any("Responses published" in each.title for each in today)
    clock.shift(DAY)
    [told] = [each for each in read(client, address).entries if "Responses" in each.title]
    assert told.updated == "2026-11-24T00:00:00+00:00"
    assert not any(figure in told.title + told.get("summary", "") for figure in "123")
    assert told.link == f"http://testserver{page.url}responses/"


def test_who_has_it_already_gets_it_not_again(client, page):
    first = client.get(of(page))
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(of(page), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_there_is_none_of_what_is_not_public(client, page):
    assert client.get(f"{ALL}nothing/", follow=True).status_code == 404
    page.unpublish()
    assert client.get(of(page), follow=True).status_code == 404


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/en/consultations/", ALL),
        ("/en/consultations/signs/", f"{ALL}signs/"),
        ("/en/consultations/signs/discussion/", f"{ALL}signs/discussion/"),
    ],
)
def test_pages_name_their_feed_to_readers_and_people(client, page, address, feed):
    shown = client.get(address).content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" href="{feed}">' in shown
    assert f'<a class="link" href="{feed}">' in shown
