"""How much mail one mailbox gets in a day, and what becomes of more."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone

from portal.notifications import registry
from portal.notifications.actions import notify, take_back
from portal.notifications.delivery import backlog, send_due
from portal.notifications.models import Message
from portal.notifications.rate_limits import ASKED, CODES, NEWS, mailbox_of
from portal.notifications.registry import NotificationKind
from portal.web.turns import MustWait
from tests.portal.notifications.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def code_kind(kind, monkeypatch):
    """A kind that holds a code: what is over its limit is dropped."""
    coded = NotificationKind("code", "A code", "news", limit=CODES)
    monkeypatch.setitem(registry._kinds, "code", coded)
    return coded


def tell_code(number: int, to: str = "lena@people.example") -> None:
    with transaction.atomic():
        context = {"title": f"code {number}", "reference": ""}
        notify("code", to=to, language="en", context=context, once=f"code {number}")


def test_more_codes_than_three_a_day_are_dropped_in_silence(code_kind, clock):
    for number in range(5):
        tell_code(number)
    send_due()
    assert len(mail.outbox) == 3
    assert backlog()["waiting"] == 0
    clock.shift(timedelta(days=1))
    tell_code(6)
    send_due()
    assert len(mail.outbox) == 4


def test_of_a_code_that_was_sent_or_dropped_no_row_is_left(code_kind, clock):
    for number in range(5):
        tell_code(number)
    send_due()
    assert not Message.objects.exists()


def test_news_that_is_too_much_for_a_day_comes_on_the_next(tell, clock):
    for number in range(NEWS.a_day + 2):
        tell(once=f"news {number}")
    send_due()
    assert len(mail.outbox) == NEWS.a_day
    assert backlog()["waiting"] == 2
    send_due()
    assert len(mail.outbox) == NEWS.a_day
    clock.shift(timedelta(days=1))
    send_due()
    assert len(mail.outbox) == NEWS.a_day + 2


def test_codes_go_before_news(tell, code_kind, clock):
    for number in range(3):
        tell(once=f"news {number}")
    tell_code(1)
    send_due()
    assert mail.outbox[0].subject == "code 1: Yes"


def test_a_message_that_is_tried_again_counts_once(tell, mail_server, clock):
    mail_server.behaviour = "refuses the recipient, naming them"
    tell()
    for _attempt in range(3):
        send_due()
        clock.shift(timedelta(hours=1))
    assert [NEWS.take("lena@people.example") for _ in range(NEWS.a_day)][-2:] == [True, False]


@pytest.mark.parametrize(
    "spelt",
    [
        "Lena@People.example",
        "lena+1@people.example",
        "l.e.n.a@people.example",
        "le.na+news@PEOPLE.example",
    ],
)
def test_other_spellings_of_an_address_are_the_same_mailbox(spelt):
    assert mailbox_of(spelt) == mailbox_of("lena@people.example")


@pytest.mark.usefixtures("one_minute")
def test_another_mailbox_has_its_own_count():
    assert [CODES.take("lena@people.example") for _ in range(4)] == [True, True, True, False]
    assert CODES.take("ada@people.example")
    assert NEWS.take("lena@people.example")


def test_counts_begin_anew_with_the_day(clock):
    assert [CODES.take("lena@people.example") for _ in range(4)][-1] is False
    clock.move_to(NOON.replace(hour=0, minute=0, second=0) + timedelta(days=1))
    assert CODES.take("lena@people.example")


def test_a_client_asks_four_times_in_ten_minutes_and_then_waits(rf, clock):
    asked = rf.post("/", REMOTE_ADDR="203.0.113.1")
    for _time in range(4):
        ASKED.take(asked)
    with pytest.raises(MustWait):
        ASKED.take(asked)
    ASKED.take(rf.post("/", REMOTE_ADDR="203.0.113.2"))


def test_what_waits_about_a_thing_is_taken_back(tell, clock):
    tell(about="answer 1")
    tell(once="other", about="answer 2")
    take_back("answer 1")
    send_due()
    assert len(mail.outbox) == 1
    assert Message.objects.count() == 1
    take_back("answer 2")
    assert Message.objects.count() == 1, "what was sent keeps its hash, so as not to be told twice"


def test_what_is_for_tomorrow_waits_until_the_day_is_over(tell, clock):
    tell(tomorrow=True)
    clock.move_to(NOON.replace(hour=23, minute=59, second=59))
    send_due()
    assert mail.outbox == []
    clock.move_to(timezone.now() + timedelta(seconds=2))
    send_due()
    assert len(mail.outbox) == 1
