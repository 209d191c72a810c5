"""What is written down when somebody is to be told, and what is not."""

import json

import pytest
import time_machine
from django.core import mail
from django.core.serializers import serialize
from django.db import transaction

from portal.notifications.actions import notify
from portal.notifications.delivery import backlog, send_due
from portal.notifications.models import Message, State
from portal.notifications.registry import NotificationKind, UnknownKindError, register_kind
from tests.portal.notifications.conftest import NOON

pytestmark = pytest.mark.django_db


def test_nothing_is_sent_by_the_one_who_tells(tell):
    tell()
    assert mail.outbox == []
    assert backlog()["waiting"] == 1
    send_due()
    (message,) = mail.outbox
    assert message.to == ["lena@people.example"]
    assert message.subject == "your answer: Yes"
    assert "We have received your answer." in message.body


def test_what_is_undone_is_not_told(tell):
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    send_due()
    assert mail.outbox == []


def test_the_same_thing_is_told_once(tell):
    tell()
    tell()
    send_due()
    tell()
    send_due()
    assert len(mail.outbox) == 1


def test_another_thing_is_told_too(tell):
    tell()
    tell(once="published ECHRI-2026-01-0042")
    assert send_due().sent == 2


@time_machine.travel(NOON, tick=False)
def test_a_waiting_row_holds_no_address_and_no_time(tell):
    tell()
    row = json.loads(serialize("json", Message.objects.all()))[0]["fields"]
    assert "lena" not in json.dumps(row)
    assert "your answer" not in json.dumps(row)
    assert "12:00" not in json.dumps(row)
    assert "ECHRI-2026-01-0042" not in row["once"]
    assert row["next_at"] == "2026-03-14T00:00:00Z"


def test_once_sent_nothing_is_left_but_the_day(tell):
    tell()
    send_due()
    row = Message.objects.values().get()
    assert {name for name, value in row.items() if value} == {"id", "once", "state", "on"}
    assert row["state"] == State.SENT


@pytest.mark.parametrize(
    "to", ["lena", "", "lena@people.example\nBcc: all@people.example", "a@b.example, c@d.example"]
)
def test_what_is_no_address_is_refused_without_repeating_it(tell, to):
    with pytest.raises(ValueError, match=r"^not an e-mail address$") as caught:
        tell(to=to)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_kind_that_nobody_registered_is_refused(tell):
    with pytest.raises(UnknownKindError), transaction.atomic():
        notify("rumour", to="lena@people.example", language="en", context={}, once="1")


@pytest.mark.django_db(transaction=True)
def test_it_belongs_into_a_transaction(kind):
    with pytest.raises(ValueError, match="transaction"):
        notify(kind.key, to="lena@people.example", language="en", context={}, once="1")


def test_two_kinds_of_one_name_are_refused(kind):
    register_kind(kind)
    with pytest.raises(ValueError, match="news"):
        register_kind(NotificationKind("news", "Other news", "other"))
