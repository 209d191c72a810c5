"""Reminders of reviews: on which days, to whom, and each once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from knowledge.guides.models import GuidePage, Owner
from portal.notifications.delivery import send_due
from portal.notifications.models import Message
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 1)
UNIT, DEPUTY, EDITOR = "unit@office.example", "deputy@office.example", "editor@people.example"


@pytest.fixture
def owner(site_tree):
    day = date(2026, 1, 1)
    return Owner.objects.create(
        unit="Licensing desk",
        mailbox=UNIT,
        mailbox_verified_on=day,
        deputy_name="Ana Example",
        deputy_mailbox=DEPUTY,
        deputy_verified_on=day,
    )


@pytest.fixture
def guide(owner):
    return GuidePageFactory(
        title="Plates", unit=owner, reviewed_on=date(2025, 6, 1), review_due=DUE
    )


def on(day: date) -> list[str]:
    """Who is written to on a day, by housekeeping that runs twice."""
    mail.outbox.clear()
    with time_machine.travel(f"{day}T08:00Z", tick=False):
        call_command("remind_of_reviews")
        call_command("remind_of_reviews")
        send_due()
    return sorted((address for each in mail.outbox for address in each.to), reverse=True)


def days_with_mail(first: date, last: date) -> dict[date, list[str]]:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {day: told for day in days if (told := on(day))}


def test_reminders_come_on_their_days(guide):
    UserFactory(role="Editors", email=EDITOR)
    told = days_with_mail(date(2026, 4, 25), date(2026, 6, 24))
    assert told == {
        date(2026, 5, 4): [UNIT],
        date(2026, 5, 25): [UNIT],
        date(2026, 6, 1): [UNIT, DEPUTY],
        date(2026, 6, 8): [UNIT, DEPUTY],
        date(2026, 6, 15): [UNIT, EDITOR, DEPUTY],
        date(2026, 6, 22): [UNIT, EDITOR, DEPUTY],
    }


def test_days_that_were_missed_are_caught_up_with_one_mail(guide):
    assert on(date(2026, 6, 3)) == [UNIT, DEPUTY]
    assert on(date(2026, 6, 4)) == []
    assert on(date(2026, 6, 8)) == [UNIT, DEPUTY]


def test_one_mail_for_an_owner_lists_its_guides_with_links(guide, owner):
    GuidePageFactory(title="Cameras", unit=owner, reviewed_on=date(2025, 6, 1), review_due=DUE)
    assert on(date(2026, 5, 4)) == [UNIT]
    (sent,) = mail.outbox
    assert "2 guides" in sent.subject
    for said in ("Plates", "Cameras", "1 June 2026", "/en/guides/plates/", "/still-true/"):
        assert said in sent.body


def test_what_was_reviewed_before_the_mail_goes_is_not_in_it(guide):
    with time_machine.travel("2026-05-04T08:00Z", tick=False):
        call_command("remind_of_reviews")
        GuidePage.objects.update(review_due=date(2027, 6, 1))
        send_due()
    assert mail.outbox == []


def test_a_new_day_is_reminded_of_anew(guide):
    assert on(date(2026, 6, 1)) == [UNIT, DEPUTY]
    GuidePage.objects.update(review_due=date(2026, 6, 30))
    assert on(date(2026, 6, 2)) == [UNIT]


def test_a_mailbox_that_is_not_verified_gets_nothing_until_it_is(guide, owner):
    Owner.objects.update(mailbox_verified_on=None, deputy_verified_on=None)
    assert on(date(2026, 6, 1)) == []
    Owner.objects.update(mailbox_verified_on=date(2026, 6, 2))
    assert on(date(2026, 6, 3)) == [UNIT]


def test_editors_without_an_account_in_use_are_not_written_to(guide):
    Owner.objects.update(mailbox_verified_on=None, deputy_verified_on=None)
    UserFactory(role="Editors", is_active=False)
    UserFactory(role="Moderators")
    assert on(date(2026, 6, 20)) == []


def test_drafts_and_withdrawn_guides_are_not_reminded_of(guide):
    guide.unpublish()
    assert on(date(2026, 6, 20)) == []
    assert not Message.objects.exists()
