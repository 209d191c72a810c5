"""Whoever keeps a search for open consultations hears of one that was announced and now opens."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from consultations.calls.models import ConsultationPage
from portal.notifications.delivery import send_due
from portal.saved_searches.actions import save_search
from portal.saved_searches.models import SavedSearch
from tests.consultations.factories import ConsultationPageFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 5, 10, tzinfo=UTC)
OPENING = datetime(2026, 3, 4, 9, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 5, 5, 10, tzinfo=UTC)
CLOSING = OPENING + timedelta(weeks=12)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def page(clock, consultations, member):
    """Announced before anybody kept a search; two days later it opens."""
    page = ConsultationPageFactory(title="Spyware canary", opens_at=OPENING, closes_at=CLOSING)
    clock.shift(60)
    save_search(
        owner=member, query="phase=open", name="Open calls", frequency="daily", language="en"
    )
    return page


def edit(page):
    page = ConsultationPage.objects.get(pk=page.pk)
    page.summary += " Edited."
    page.save_revision().publish()


def mails():
    """What the morning's mail tells of, after the timers have run."""
    call_command("refresh_phases", verbosity=0)
    mail.outbox.clear()
    call_command("send_search_digests", verbosity=0)
    send_due()
    return [message.body for message in mail.outbox]


def test_it_is_told_when_it_opens_and_once(clock, page):
    clock.move_to(TUESDAY)
    edit(page)
    assert mails() == []
    clock.move_to(OPENING + timedelta(minutes=5))
    call_command("refresh_phases", verbosity=0)
    clock.move_to(THURSDAY)
    (told,) = mails()
    assert "Spyware canary" in told
    edit(page)
    clock.move_to(THURSDAY + timedelta(days=1))
    assert mails() == []


def test_it_is_told_where_an_edit_was_sooner_than_the_timer(clock, page):
    clock.move_to(OPENING + timedelta(minutes=1))
    edit(page)
    clock.move_to(THURSDAY)
    (told,) = mails()
    assert "Spyware canary" in told


def test_it_is_told_when_it_opens_again(clock, page):
    clock.move_to(CLOSING + timedelta(minutes=5))
    call_command("refresh_phases", verbosity=0)
    SavedSearch.objects.update(looked_at=CLOSING)
    ConsultationPage.objects.filter(pk=page.pk).update(closes_at=CLOSING + timedelta(weeks=2))
    clock.shift(3600)
    call_command("refresh_phases", verbosity=0)
    clock.move_to(CLOSING + timedelta(days=1, hours=-3))
    (told,) = mails()
    assert "Spyware canary" in told


def test_one_that_is_restricted_is_told_once_it_is_open_to_all(clock, page):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    clock.move_to(THURSDAY)
    assert mails() == []
    restriction.delete()
    clock.shift(60)
    clock.move_to(THURSDAY + timedelta(days=1))
    (told,) = mails()
    assert "Spyware canary" in told


def test_the_feed_has_it_as_of_its_opening(clock, page, client):
    def entries():
        answer = client.get("/feeds/search/", {"phase": "open"})
        feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
        return [
            (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated"))
            for entry in feed.iter(f"{ATOM}entry")
        ]

    assert entries() == []
    clock.move_to(OPENING + timedelta(minutes=5))
    call_command("refresh_phases", verbosity=0)
    assert entries() == [("Spyware canary", "2026-03-04T09:00:00+00:00")]
