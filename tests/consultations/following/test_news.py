"""What followers are told: each event once, and after the last one no address is left."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from consultations.calls.actions import extend_consultation
from consultations.calls.models import ConsultationPage
from consultations.following import actions
from consultations.following.contacts import pack
from consultations.following.models import Announced, Follow
from consultations.following.news import pass_over, tell_followers
from portal.notifications.delivery import send_due
from portal.notifications.models import Message
from portal.stakeholders import departures
from portal.stakeholders.models import User
from portal.stakeholders.roles import EDITOR
from tests.consultations.factories import ConsultationPageFactory, closed_meanwhile
from tests.consultations.following.conftest import DAY, NOON
from tests.consultations.moderation.building import screener
from tests.consultations.publication.building import published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LENA = "lena@people.example"


def follow(page, address=LENA, language="en"):
    """Follow as an address does whose code was typed."""
    if not page.follows.exists():
        pass_over(page, timezone.now())
    return Follow.objects.create(consultation=page, sealed=pack(address, language))


@pytest.fixture
def followed(page):
    """The consultation, followed by a member, who comes first, and by an address."""
    member = UserFactory(email="member@people.example")
    actions.follow_as_member(page=page, by=member, language="en")
    follow(page)
    return page


def extend(page, days=7, reason="Two holidays fall into it."):
    page.refresh_from_db()
    extend_consultation(
        consultation=page,
        by=UserFactory(role=EDITOR),
        closes_at=page.closes_at + days * DAY,
        reason=reason,
    )
    page.refresh_from_db()


def publish(page, **fields):
    page = ConsultationPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_whoever_comes_is_not_told_what_happened_before(page, told):
    extend(page)
    actions.follow_as_member(page=page, by=UserFactory(), language="en")
    assert told() == []


def test_a_moved_deadline_is_told_once_with_both_dates_and_why(followed, told):
    extend(followed)
    mails = told()
    assert sorted(to for to, *_ in mails) == [LENA, "member@people.example"]
    _to, subject, body = mails[0]
    assert subject == "Deadline moved: Warning signs"
    before, after = "22 February 2027, 12:59 (Brussels time)", "1 March 2027, 12:59 (Brussels time)"
    assert f"It was {before}; it is {after}. Reason: Two holidays fall into it." in body
    assert f"Deadline: {after}, 96 days left\n" in body
    assert f"https://portal.example{followed.url}\n" in body
    assert told() == []
    extend(followed)
    assert len(told()) == 2


def test_the_whole_life_is_told_each_event_once(consultations, clock, told):
    page = ConsultationPageFactory(
        title="Warning signs",
        opens_at=NOON + DAY,
        closes_at=NOON + 90 * DAY,
        questionnaire=True,
    )
    follow(page)
    subjects = []

    def at(moment):
        clock.move_to(moment)
        subjects.extend(subject.removesuffix(": Warning signs") for _to, subject, _body in told())
        assert told() == []

    at(NOON)
    at(NOON + DAY + timedelta(minutes=1))
    at(NOON + 90 * DAY)
    publish(page, outcome_published_at=NOON + 95 * DAY, outcome_summary="Two were added.")
    at(NOON + 94 * DAY)
    assert subjects == ["Opened", "Closed"]
    clock.move_to(NOON + 95 * DAY)
    [(_to, subject, body)] = told()
    assert subject == "Outcome published: Warning signs"
    assert "Two were added." in body
    assert f"{page.url}#outcome" in body
    assert "This is the last mail about it" in body
    assert "Deadline:" not in body
    assert not Follow.objects.exists()


def test_responses_are_told_once_a_day_when_the_day_is_over(followed, clock, told):
    by = screener()
    with closed_meanwhile([followed], NOON):
        for _time in range(2):
            published(followed, by)
    assert told() == []
    clock.move_to(NOON + DAY)
    mails = told()
    assert [subject for _to, subject, _body in mails] == ["Responses published: Warning signs"] * 2
    assert f"{followed.url}responses/" in mails[0][2]
    with closed_meanwhile([followed], NOON + DAY):
        published(followed, by, at=NOON + DAY)
    clock.move_to(NOON + 2 * DAY)
    assert len(told()) == 2


def test_a_cancellation_is_told_with_its_reason_and_ends_it(followed, told):
    publish(followed, cancelled_at=NOON, cancel_reason="The draft was withdrawn.")
    mails = told()
    assert len(mails) == 2
    assert mails[0][1] == "Cancelled: Warning signs"
    assert "The draft was withdrawn." in mails[0][2]
    assert not Follow.objects.exists()
    assert not Message.objects.exclude(sealed=None).exists()
    assert told() == []


def test_without_an_outcome_it_ends_two_years_after_the_deadline(followed, clock, told):
    clock.move_to(followed.closes_at)
    assert len(told()) == 2
    clock.move_to(followed.closes_at + 729 * DAY)
    assert told() == []
    assert Follow.objects.count() == 2
    clock.move_to(followed.closes_at + 730 * DAY)
    assert {subject for _to, subject, _body in told()} == {
        "No outcome two years after the deadline: Warning signs"
    }
    assert not Follow.objects.exists()


def test_of_what_is_not_shown_nothing_is_told_and_in_time_nothing_kept(followed, clock, told):
    followed.unpublish()
    clock.move_to(followed.closes_at)
    assert told() == []
    assert Follow.objects.count() == 2
    clock.move_to(followed.closes_at + 730 * DAY)
    assert told() == []
    assert not Follow.objects.exists()


def test_what_was_hidden_before_the_mail_went_is_not_sent(followed):
    extend(followed)
    tell_followers(at=NOON)
    followed.unpublish()
    send_due()
    assert mail.outbox == []


def test_a_round_that_broke_off_is_taken_up_and_tells_nobody_twice(followed, told):
    extend(followed)
    assert len(told()) == 2
    Announced.objects.filter(key__startswith="extended").delete()
    assert told() == []


def test_one_that_no_key_opens_holds_up_nobody_and_goes_at_the_end(followed, told):
    Follow.objects.create(consultation=followed, sealed=b"sealed under a key that is gone")
    extend(followed)
    assert len(told()) == 2
    publish(followed, cancelled_at=NOON, cancel_reason="Withdrawn.")
    assert len(told()) == 2
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda: User.objects.update(is_active=False),
        lambda: User.objects.get(email="member@people.example").emailaddress_set.all().delete(),
    ],
)
def test_a_member_whose_account_cannot_be_written_to_is_not(followed, told, change):
    extend(followed)
    change()
    assert [to for to, *_ in told()] == [LENA]


def test_a_mailbox_gets_so_many_a_day_and_the_rest_the_next_day(followed, clock, told):
    for _time in range(11):
        extend(followed, days=1)
    assert len([to for to, *_ in told() if to == LENA]) == 10
    clock.move_to(NOON + DAY)
    assert len([to for to, *_ in told() if to == LENA]) == 1


def test_housekeeping_does_it(followed):
    extend(followed)
    call_command("housekeeping", verbosity=0)
    assert len(mail.outbox) == 2


def test_the_account_takes_it_along(followed):
    member = User.objects.get(email="member@people.example")
    extend(followed)
    tell_followers(at=NOON)
    assert "You no longer follow any consultation" in " ".join(departures.told(member))
    departures.leave(member, NOON, erase=False)
    member.delete()
    assert Follow.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_visitor_of_the_page_learns_nothing_of_followers(followed):
    before = Client().get(followed.url).content
    for number in range(7):
        follow(followed, f"{number}@people.example")
    assert Client().get(followed.url).content == before
