"""R6: whatever the mail server does, answers are taken; mail comes later, and once."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.notifications.delivery import BACKOFF, send_due
from portal.notifications.models import Message, State
from tests.faults.answering_server import ROOT, Ready, Server
from tests.portal.notifications import mailserver
from tests.portal.notifications.conftest import NOON, kind, mail_server, tell
from tests.portal.notifications.mailserver import MailServer

pytestmark = pytest.mark.faults
__all__ = ["kind", "mail_server", "tell"]

ANSWERS = 20
# The portal waits 30 seconds for a mail server: who were held up by it would wait longer than this.
NOT_HELD_UP = 20


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def portal(tmp_path, mail) -> Server:
    """The portal, not yet running; it sends to `mail` and logs all that it has to say."""
    server = Server(tmp_path, workers=2)
    server.environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.faults.smtp_settings",
        "SMTP_PORT": str(mail.port),
        "LOG_LEVEL": "INFO",
    }
    return server


def prepared(portal: Server, count: int) -> tuple[str, list[Ready]]:
    """The address to send to, and drafts whose authors want to hear of them."""
    path, drafts = portal.prepare(count)
    portal.manage("-m", "tests.faults.reachable_drafts")
    return path, drafts


def recipients(mail: MailServer) -> Counter[str]:
    return Counter(str(message["To"]) for message in mail.taken)


def test_a_silent_mail_server_holds_up_nobody(portal, mail, tmp_path):
    """Every answer is taken while the mail server is silent; every mail arrives once it is not."""
    path, drafts = prepared(portal, ANSWERS + 1)
    mail.behaviour = mailserver.HANGS

    def send(ready: Ready) -> float:
        began = time.monotonic()
        portal.send(path, ready)
        return time.monotonic() - began

    with portal.running():
        with ThreadPoolExecutor(4) as pool:
            waits = list(pool.map(send, drafts[:ANSWERS]))
        assert max(waits) < NOT_HELD_UP
        assert mail.taken == []
        mail.behaviour = mailserver.ACCEPTS
        send(drafts[ANSWERS])
    portal.manage("-m", "tests.faults.outbox_later")
    report = portal.manage("manage.py", "send_notifications")
    assert "0 waiting" in report
    assert "unknown" not in report
    assert recipients(mail).total() == len(recipients(mail)) == ANSWERS + 1
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("*") if path.is_file())
    assert b"@people.example" not in kept, "an address in the database or the log"


def test_without_a_mail_server_answers_are_taken(portal, mail):
    path, drafts = prepared(portal, 4)
    portal.environment["SMTP_PORT"] = "1"
    with portal.running():
        references = {portal.send(path, ready) for ready in drafts}
    assert len(references) == 4
    portal.environment["SMTP_PORT"] = str(mail.port)
    portal.manage("-m", "tests.faults.outbox_later")
    assert "0 waiting" in portal.manage("manage.py", "send_notifications")
    assert recipients(mail).total() == len(recipients(mail)) == 4


def test_a_sender_killed_at_the_worst_moment_sends_nothing_twice(portal, mail):
    """Killed when the message is with the server and nobody has written that down."""
    path, drafts = prepared(portal, 1)
    portal.environment["BACKGROUND_IN_PROCESS"] = "false"
    with portal.running():
        portal.send(path, drafts[0])
    assert mail.taken == [], "left to the command"
    mail.behaviour = mailserver.TAKES_AND_HANGS
    sender = subprocess.Popen(
        [sys.executable, "manage.py", "send_notifications"], cwd=ROOT, env=portal.environment
    )
    assert mail.arrived.wait(60)
    sender.send_signal(signal.SIGKILL)
    sender.wait()
    mail.behaviour = mailserver.ACCEPTS
    portal.manage("-m", "tests.faults.outbox_later")
    report = portal.manage("manage.py", "send_notifications")
    assert report.startswith("0 sent, 0 waiting")
    assert "1 of unknown fate" in report
    assert len(mail.taken) == 1


def test_a_server_that_is_stopped_finishes_the_message_in_hand(portal, mail):
    path, drafts = prepared(portal, 1)
    mail.behaviour = mailserver.TAKES_AND_HANGS
    with portal.running() as process:
        portal.send(path, drafts[0])
        assert mail.arrived.wait(60)
        process.send_signal(signal.SIGTERM)
        # "250" comes while the server is ending.
        time.sleep(1)
        mail.behaviour = mailserver.ACCEPTS
        process.wait(timeout=30)
    portal.manage("-m", "tests.faults.outbox_later")
    report = portal.manage("manage.py", "send_notifications")
    assert report == "0 sent, 0 waiting.\n"
    assert len(mail.taken) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_a_moody_mail_server_loses_nothing_and_doubles_nothing(tell, mail_server, seed):
    """Sixty messages, a mood for each few: all end as sent, unknown, or given up and untaken."""
    chance = random.Random(seed)
    moods = [
        mailserver.ACCEPTS,
        mailserver.REFUSES_RECIPIENT,
        mailserver.REFUSES_MESSAGE,
        mailserver.DROPS_BEFORE_BODY,
        mailserver.TAKES_AND_DROPS,
        mailserver.TAKES_AND_IS_RUDE,
    ]
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(60):
            tell(to=f"person{number}@people.example", once=str(number))
        while Message.objects.filter(state=State.WAITING).exists():
            mail_server.behaviour = chance.choice(moods)
            attempts = iter(range(chance.randrange(1, 10)))
            send_due(stopped=lambda attempts=attempts: next(attempts, None) is None)
            clock.move_to(timezone.now() + chance.choice(BACKOFF) / 2 + timedelta(minutes=1))
        clock.move_to(timezone.now() + timedelta(hours=1))
        unknown = Message.objects.unknown(timezone.now()).count()
    taken = recipients(mail_server)
    given_up = Message.objects.filter(state=State.FAILED).count()
    assert set(taken.values()) == {1}
    assert Message.objects.filter(state=State.SENT).count() + unknown == taken.total()
    assert taken.total() + given_up == 60
    assert taken.total() > 30
