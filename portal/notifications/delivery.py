"""
Sending what waits: each message at most once, tried again where it was certainly not taken.

A message is claimed in a transaction of its own before the mail server hears of it. If whoever
sends it dies, or the server falls silent after the whole message went out, it may or may not have
arrived; it is then reported and left to a person (docs/decisions/0016-notifications.md). No
address and no text of an exception is logged or stored: servers repeat addresses in them.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from portal.notifications.actions import DAY, beginning_of
from portal.notifications.models import Confirmation, Message, State, rounded_up
from portal.notifications.registry import find_kind, get_kind, urgent_keys
from portal.notifications.rendering import render

logger = logging.getLogger(__name__)

# How long after each failed attempt the next one comes; after the last, the message is given up.
BACKOFF = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
]
# A code that comes after this is of no use any more.
URGENT_BACKOFF = BACKOFF[:2]
# A silent server must not hold a worker for ever; Django itself would wait without end.
TIMEOUT_SECONDS = 30


class Tally(NamedTuple):
    """Counts of what became of a round's messages."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unknown: int = 0


class _Outcome(NamedTuple):
    """
    `state` after an attempt; `server_is_down` where the next message would fare no better, `held`
    where the recipient has had enough for today.
    """

    state: State
    error: str = ""
    server_is_down: bool = False
    held: bool = False


def send_due(*, stopped: Callable[[], bool] = lambda: False) -> Tally:
    """
    Send every message that is due, one after the other; ends early where `stopped()` is true or
    where the mail server cannot be reached.

    Any number of threads and processes may do so at once. Raises only what the database raises.
    """
    _tidy(timezone.now())
    counts = dict.fromkeys(Tally._fields, 0)
    for pk in Message.objects.due(timezone.now()).values_list("pk", flat=True)[:1000]:
        if stopped():
            break
        message = _claimed(pk)
        if message is None:
            continue
        outcome = _attempt(message)
        counts[_write_down(message, outcome)] += 1
        if outcome.server_is_down:
            break
    return Tally(**counts)


def retry_unknown() -> int:
    """
    Have messages of unknown fate sent again, at the risk that some arrive twice; how many.

    For a person who has looked at the mail server's log.
    """
    now = timezone.now()
    with transaction.atomic():
        return Message.objects.unknown(now).update(state=State.WAITING, next_at=rounded_up(now))


def backlog() -> dict[str, Any]:
    """
    Return what is not sent: `waiting`, and since which day (`waiting_since`, ISO date or
    None), `failed` (given up), `unknown` (see `retry_unknown`). Numbers only; two queries.
    """
    waiting = Message.objects.filter(state=State.WAITING)
    oldest = waiting.aggregate(day=Min("on"))["day"]
    return {
        "waiting": waiting.count(),
        "waiting_since": oldest and oldest.isoformat(),
        "failed": Message.objects.filter(state=State.FAILED).count(),
        "unknown": Message.objects.unknown(timezone.now()).count(),
    }


def _tidy(now: datetime) -> None:
    """Erase what is over: codes that hold no more, and mails with codes of unknown fate."""
    Confirmation.objects.filter(expires_at__lte=now).delete()
    Message.objects.unknown(now).filter(kind__in=urgent_keys()).delete()


@transaction.atomic(durable=True)
def _claimed(pk: Any) -> Message | None:
    """Return the message, ours alone to send; None where it is no longer due."""
    now = timezone.now()
    message = Message.objects.due(now).filter(pk=pk).first()
    return message if message and Message.objects.claim(message, now) else None


def _attempt(message: Message) -> _Outcome:
    """Try to send a claimed message. Never raises."""
    connection = None
    reached = False
    try:
        email = render(message)
        if email is None:  # nothing to say any more, which is as good as said
            return _Outcome(State.SENT)
        if over := _over_the_limit(message):
            return over
        connection = _mail_connection(email.from_email)
        connection.open()
        reached = True
        connection.send_messages([email])
    except Exception as error:
        refused = isinstance(error, SMTPResponseException | SMTPRecipientsRefused)
        if reached and not refused and _may_have_been_taken(connection):
            return _Outcome(State.SENDING, _name_of(error))
        is_down = connection is not None and not reached
        return _Outcome(State.WAITING, _name_of(error), server_is_down=is_down)
    finally:
        _close(connection)
    return _Outcome(State.SENT)


def _over_the_limit(message: Message) -> _Outcome | None:
    """Return what becomes of a message that is one too many for its recipient; counted once."""
    limit = get_kind(message.kind).limit
    if message.attempts > 1 or limit.take(message.address):
        return None
    return _Outcome(State.WAITING, held=True) if limit.waits else _Outcome(State.SENT)


@transaction.atomic(durable=True)
def _write_down(message: Message, outcome: _Outcome) -> str:
    """Keep what an attempt led to; the name of its number in the tally."""
    nothing: dict[str, Any] = {"sealed": None, "about": "", "language": ""}
    kind = find_kind(message.kind)
    if outcome.held:
        tomorrow = beginning_of(timezone.now()) + DAY
        Message.objects.settle(message, state=State.WAITING, next_at=tomorrow, attempts=0)
        return "postponed"
    if outcome.state == State.SENT and kind and kind.is_forgotten:
        Message.objects.claimed(message).delete()
        return "sent"
    if outcome.state == State.SENT:
        Message.objects.settle(
            message, state=State.SENT, kind="", next_at=None, last_error="", attempts=0, **nothing
        )
        return "sent"
    if outcome.state == State.SENDING:
        logger.error("%s may or may not have been sent: %s", message.kind, outcome.error)
        Message.objects.settle(message, next_at=_now_rounded_down(), last_error=outcome.error)
        return "unknown"
    backoff = URGENT_BACKOFF if kind and kind.is_urgent else BACKOFF
    if message.attempts > len(backoff):
        logger.error("%s given up: %s", message.kind, outcome.error)
        Message.objects.settle(
            message, state=State.FAILED, next_at=None, last_error=outcome.error, **nothing
        )
        return "failed"
    logger.warning("%s not sent yet: %s", message.kind, outcome.error)
    later = rounded_up(timezone.now() + backoff[message.attempts - 1])
    Message.objects.settle(message, state=State.WAITING, next_at=later, last_error=outcome.error)
    return "postponed"


def _mail_connection(sender: str) -> BaseEmailBackend:
    return get_connection(timeout=settings.EMAIL_TIMEOUT or TIMEOUT_SECONDS, sender=sender)


def _may_have_been_taken(connection: BaseEmailBackend | None) -> bool:
    """Say that it is to be feared of a backend that cannot say."""
    ask = getattr(connection, "may_have_been_taken", None)
    return ask() if ask else True


def _close(connection: BaseEmailBackend | None) -> None:
    """Close; a server that is rude at parting has taken the message all the same."""
    try:
        if connection is not None:
            connection.close()
    except Exception as error:
        logger.info("closing the mail connection: %s", _name_of(error))


def _name_of(error: Exception) -> str:
    """Return an exception's class and the server's code: nothing that may hold an address."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, SMTPRecipientsRefused):
        code = next((code for code, _ in error.recipients.values()), None)
    return f"{type(error).__name__} {code}" if isinstance(code, int) else type(error).__name__


def _now_rounded_down() -> datetime:
    return rounded_up(timezone.now()) - timedelta(minutes=5)
