"""Reminders on their days, the word to the editor, and what is erased when."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from knowledge.fact_checks.actions import answering, asking
from knowledge.fact_checks.models import Expert
from tests.knowledge.fact_checks.building import asked, mails, opened
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def clock(site_tree):
    with time_machine.travel(BEGINS, tick=False) as travelling:
        yield travelling


def days_of_reminders(clock, until, every=timedelta(hours=12)):
    """The days on which a reminder went out, with housekeeping run twice a day."""
    found = []
    while (now := datetime.now(UTC)).date() <= until:
        call_command("remind_fact_checkers")
        before = len(mail.outbox)
        mails()
        found += [now.date()] * (len(mail.outbox) - before)
        clock.move_to(now + every)
    return found


def test_who_has_not_sent_is_reminded_a_week_and_a_day_before_and_on_the_day(clock):
    check = opened(days=20)
    asked(check)
    mails()
    end = check.deadline
    week, day = end - timedelta(days=7), end - timedelta(days=1)
    assert days_of_reminders(clock, end + timedelta(days=3)) == [week, day, end]
    assert "The deadline is 22 March 2026." in mail.outbox[-1].body
    assert check.contact in mail.outbox[-1].body
    assert "fact-check/" not in mail.outbox[-1].body


def test_who_was_asked_late_is_not_reminded_of_a_week_that_has_begun(clock):
    check = opened(days=5)
    asked(check)
    mails()
    end = check.deadline
    assert days_of_reminders(clock, end) == [end - timedelta(days=1), end]


def test_a_reminder_that_housekeeping_missed_goes_late(clock):
    check = opened(days=20)
    asked(check)
    mails()
    clock.move_to(BEGINS + timedelta(days=15))
    call_command("remind_fact_checkers")
    assert len(mails()) == 2


@pytest.mark.parametrize("act", ["send", "revoke", "close"])
def test_nobody_is_reminded_who_has_sent_or_was_let_go(clock, act):
    check = opened(days=20)
    expert = asked(check)
    mails()
    clock.move_to(BEGINS + timedelta(days=13))
    call_command("remind_fact_checkers")
    {
        "send": lambda: answering.send(expert=expert, answers=[], may_be_named=False),
        "revoke": lambda: asking.revoke(expert=expert, by=check.opened_by),
        "close": lambda: asking.close(fact_check=check, by=check.opened_by),
    }[act]()
    call_command("remind_fact_checkers")
    to_expert = [each for each in mails() if each.to == [expert.email]]
    assert len(to_expert) == 1, "the link alone"


def test_after_more_time_the_reminders_are_those_of_the_new_deadline(clock):
    check = opened(days=8)
    asked(check)
    mails()
    asking.extend(fact_check=check, by=check.opened_by, deadline=date(2026, 4, 20))
    assert days_of_reminders(clock, date(2026, 4, 21)) == [
        date(2026, 4, 13),
        date(2026, 4, 19),
        date(2026, 4, 20),
    ]


def test_the_mail_says_until_when_the_link_works_and_whom_to_write_to(clock):
    check = opened(days=20)
    asked(check)
    [message] = mails()
    assert "Deadline: 22 March 2026" in message.body
    assert "It works until 5 April 2026" in message.body
    assert check.contact in message.body
    assert check.guide.title in message.subject


def test_the_editor_is_told_when_an_expert_has_sent(clock):
    check = opened()
    answering.send(expert=asked(check), answers=[], may_be_named=False)
    told = [each for each in mails() if each.to == [check.opened_by.email]]
    assert len(told) == 1
    assert "Dr Ito has sent" in told[0].body
    assert f"/admin/fact-checks/{check.pk}/" in told[0].body


def test_the_link_that_was_never_sent_is_not_sent_once_it_is_dead(clock):
    check = opened()
    expert = asked(check)
    asking.send_again(expert=expert, by=check.opened_by)
    assert len(mails()) == 1


def forget(clock, days):
    clock.move_to(BEGINS + timedelta(days=days))
    call_command("forget_fact_checkers")
    return Expert.objects.get()


def test_ninety_days_after_the_round_is_closed_the_address_goes_and_the_name_too(clock):
    check = opened()
    asked(check)
    asking.close(fact_check=check, by=check.opened_by)
    assert forget(clock, 89).email
    gone = forget(clock, 90)
    assert (gone.email, gone.name, gone.affiliation) == ("", "", "")


def test_who_agreed_to_be_named_keeps_the_name_until_it_is_taken_away(clock):
    check = opened()
    answering.send(expert=asked(check), answers=[], may_be_named=True)
    asking.close(fact_check=check, by=check.opened_by)
    kept = forget(clock, 90)
    assert (kept.email, kept.name) == ("", "Dr Ito")
    asking.remove_name(expert=kept, by=check.opened_by)
    assert Expert.objects.get().name == ""


def test_a_round_that_nobody_closes_keeps_no_address_for_longer_than_a_year(clock):
    asked(opened(days=5))
    assert forget(clock, 369).email
    assert forget(clock, 370).email == ""


def test_an_open_round_is_not_touched(clock):
    asked(opened(GuidePageFactory(), days=21))
    assert forget(clock, 100).name
