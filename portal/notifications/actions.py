"""Telling somebody something by e-mail: written down with what it is about, sent afterwards."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.notifications.models import Message, State
from portal.notifications.registry import get_kind
from portal.notifications.sealing import seal
from portal.notifications.worker import worker

DAY = timedelta(days=1)


def notify(
    kind: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    once: str,
    about: str = "",
    tomorrow: bool = False,
) -> None:
    """
    Have `to` told, in `language`, once and for all under the key `once`; called inside the
    transaction that makes it so, with which it is undone.

    Nothing is sent here, so no mail server can hold up or fail the caller. `context` is what the
    kind's templates need, as JSON. A second call with the same `once` does nothing, even long
    after. `about` names what the message is about, for `take_back`. With `tomorrow` it waits until
    the day (of UTC) is over. Mistakes in the calling code raise: UnknownKindError, ValueError for
    what is no address and for the lack of a transaction.
    """
    is_urgent = get_kind(kind).is_urgent
    if not transaction.get_connection().in_atomic_block:
        raise ValueError("notify() belongs into the transaction of what it tells of")
    _expect_address(to)
    now = timezone.now()
    # The day's beginning: due at once, and no word on when. Codes go before what is due today.
    due = beginning_of(now) + (DAY if tomorrow else -DAY if is_urgent else timedelta())
    message = Message(
        once=keyed(once),
        kind=kind,
        language=language,
        sealed=seal(json.dumps({"to": to, "context": context})),
        about=keyed(about) if about else "",
        next_at=due,
        on=now.date(),
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    transaction.on_commit(worker.wake, robust=True)


def take_back(about: str) -> None:
    """Erase what was to be told about something and is not on its way yet, with its addresses."""
    settled = [State.SENT, State.FAILED]
    Message.objects.filter(about=keyed(about)).exclude(state__in=settled).delete()


def beginning_of(moment: datetime) -> datetime:
    """Return the first moment of its day in UTC."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def keyed(text: str) -> str:
    """Return what is kept of `once` and the like: keyed, as references could be guessed."""
    return salted_hmac("portal.notifications.once", text, algorithm="sha256").hexdigest()


def _expect_address(to: str) -> None:
    try:
        validate_email(to)
    except ValidationError:
        # Not chained: the original carries the address into whatever log shows it.
        raise ValueError("not an e-mail address") from None
