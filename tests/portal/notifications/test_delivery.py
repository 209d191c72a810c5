"""Sending to a real mail server that misbehaves: nothing lost, nothing twice, no address told."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from portal.background.worker import Worker
from portal.notifications import delivery
from portal.notifications.delivery import backlog, retry_unknown, send_due
from portal.notifications.models import Message, State
from tests.portal.notifications import mailserver
from tests.portal.notifications.conftest import NOON

ADDRESS = "lena@people.example"


def command(*arguments) -> str:
    output = StringIO()
    call_command("send_notifications", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def pass_time(clock, **duration):
    clock.move_to(timezone.now() + timedelta(**duration))


@pytest.mark.django_db
def test_a_message_arrives(tell, mail_server):
    tell()
    assert send_due().sent == 1
    (message,) = mail_server.taken
    assert message["To"] == ADDRESS
    assert message["Auto-Submitted"] == "auto-generated"
    assert "We have received your answer." in message.get_content()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "behaviour",
    [mailserver.REFUSES_RECIPIENT, mailserver.REFUSES_MESSAGE, mailserver.DROPS_BEFORE_BODY],
)
def test_what_was_not_taken_is_sent_later(tell, mail_server, clock, caplog, behaviour):
    mail_server.behaviour = behaviour
    tell()
    assert send_due().postponed == 1
    assert send_due().postponed == 0, "not at once again"
    assert ADDRESS not in caplog.text
    assert ADDRESS not in str(Message.objects.values())
    mail_server.behaviour = mailserver.ACCEPTS
    mail_server.taken.clear()
    pass_time(clock, minutes=6)
    assert send_due().sent == 1
    assert len(mail_server.taken) == 1


@pytest.mark.django_db
def test_no_mail_server_at_all(tell, settings, clock):
    """One attempt a round finds out; the others' patience is not used up by it."""
    settings.EMAIL_BACKEND = "portal.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell()
    tell(once="another")
    assert send_due() == (0, 1, 0, 0)
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 1]
    assert backlog()["waiting"] == 2


@pytest.mark.django_db
def test_a_server_that_never_answers_holds_nobody_up_for_ever(tell, mail_server, settings):
    settings.EMAIL_TIMEOUT = 0.1
    mail_server.behaviour = mailserver.HANGS
    tell()
    assert send_due().postponed == 1


@pytest.mark.django_db
def test_it_is_tried_six_times_and_then_given_up(tell, mail_server, clock, caplog):
    mail_server.behaviour = mailserver.REFUSES_RECIPIENT
    tell()
    waits = []
    while send_due().postponed:
        due = Message.objects.get().next_at
        waits.append(round((due - timezone.now()).total_seconds() / 60))
        clock.move_to(due)
    assert waits == [5, 5, 30, 120, 720]
    row = Message.objects.get()
    assert row.state == State.FAILED
    assert row.last_error == "SMTPRecipientsRefused 450"
    assert row.sealed is None
    assert ADDRESS not in caplog.text
    assert "1 given up after 6 attempts" in command()


@pytest.mark.django_db
def test_when_it_is_tried_again_does_not_say_when_it_began(tell, mail_server, clock):
    mail_server.behaviour = mailserver.REFUSES_RECIPIENT
    tell()
    send_due()
    assert Message.objects.get().next_at == NOON.replace(minute=5, second=0)


@pytest.mark.django_db
def test_what_may_have_been_taken_is_not_sent_again_but_reported(tell, mail_server, clock):
    mail_server.behaviour = mailserver.TAKES_AND_DROPS
    tell()
    assert send_due().unknown == 1
    mail_server.behaviour = mailserver.ACCEPTS
    pass_time(clock, days=2)
    assert "1 of unknown fate" in command()
    assert len(mail_server.taken) == 1
    assert backlog() == {"waiting": 0, "waiting_since": None, "failed": 0, "unknown": 1}


@pytest.mark.django_db
def test_a_person_may_have_it_sent_again(tell, mail_server, clock):
    mail_server.behaviour = mailserver.TAKES_AND_DROPS
    tell()
    send_due()
    mail_server.behaviour = mailserver.ACCEPTS
    assert "1 of unknown fate will be sent again" in command("--retry-unknown")
    pass_time(clock, minutes=5)
    send_due()
    first, second = mail_server.taken
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.django_db
def test_a_server_that_is_rude_at_parting_has_taken_it(tell, mail_server):
    mail_server.behaviour = mailserver.TAKES_AND_IS_RUDE
    tell()
    assert send_due().sent == 1


@pytest.mark.django_db
def test_a_sender_that_dies_leaves_a_message_of_unknown_fate(tell, mail_server, clock, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    tell()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "render", die)
        with pytest.raises(Killed):
            send_due()
    assert backlog()["unknown"] == 0, "it may still be on its way"
    pass_time(clock, minutes=21)
    assert send_due().sent == 0
    assert backlog()["unknown"] == 1
    assert retry_unknown() == 1


@pytest.mark.django_db
def test_a_text_that_cannot_be_made_is_tried_again(tell, kind, mail_server, clock, monkeypatch):
    def broken(*args, **kwargs):
        raise KeyError(ADDRESS)

    tell()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "render", broken)
        assert send_due().postponed == 1
    assert Message.objects.get().last_error == "KeyError"
    pass_time(clock, minutes=6)
    assert send_due().sent == 1


@pytest.mark.django_db
def test_a_round_ends_where_it_is_told_to(tell, mail_server):
    tell()
    tell(once="another")
    assert send_due(stopped=lambda: bool(mail_server.taken)).sent == 1
    assert backlog()["waiting"] == 1


@pytest.mark.django_db
def test_the_command_says_what_is_left(tell, mail_server, clock):
    mail_server.behaviour = mailserver.REFUSES_MESSAGE
    tell()
    assert command() == "0 sent, 1 waiting (the oldest since 2026-03-14).\n"


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_message_once(tell, mail_server):
    for number in range(20):
        tell(
            to=f"person{number}@people.example",
            once=f"message {number}",
            context={"title": str(number), "reference": ""},
        )
    start = threading.Barrier(4)

    def send():
        start.wait()
        send_due()
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(message["Subject"] for message in mail_server.taken) == sorted(
        f"{number}: Yes" for number in range(20)
    )
    assert backlog()["waiting"] == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_when_it_is_woken_and_finishes_what_it_began(tell, mail_server, settings):
    settings.BACKGROUND_IN_PROCESS = True
    worker = Worker("mail")
    worker.wake()
    tell()
    assert not mail_server.arrived.wait(0.2), "not begun, nothing sent"
    worker.start(send_due)
    assert mail_server.arrived.wait(10)
    mail_server.arrived.clear()
    tell(once="another")
    worker.wake()
    assert mail_server.arrived.wait(10)
    worker.stop()
    worker.wake()
    assert len(mail_server.taken) == 2
    assert backlog()["unknown"] == backlog()["waiting"] == 0
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}
