"""Telling somebody something by e-mail: written down with what it is about, sent afterwards."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.notifications.models import Message
from portal.notifications.registry import get_kind
from portal.notifications.sealing import seal
from portal.notifications.worker import worker


def notify(kind: str, *, to: str, language: str, context: dict[str, Any], once: str) -> None:
    """
    Have `to` told, in `language`, once and for all under the key `once`; called inside the
    transaction that makes it so, with which it is undone.

    Nothing is sent here, so no mail server can hold up or fail the caller. `context` is what the
    kind's templates need, as JSON; it holds no address. A second call with the same `once` does
    nothing, even long after. Mistakes in the calling code raise: UnknownKindError, ValueError for
    what is no address, for the address in the context and for the lack of a transaction.
    """
    get_kind(kind)
    if not transaction.get_connection().in_atomic_block:
        raise ValueError("notify() belongs into the transaction of what it tells of")
    _expect_address(to)
    if to.lower() in json.dumps(context, ensure_ascii=False).lower():
        raise ValueError("the recipient's address may stand in no context")
    now = timezone.now()
    message = Message(
        once=once_hash(once),
        kind=kind,
        language=language,
        context=context,
        sealed_recipient=seal(to),
        # The day's beginning: due at once, and no word on when.
        next_at=now.replace(hour=0, minute=0, second=0, microsecond=0),
        on=now.date(),
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    transaction.on_commit(worker.wake, robust=True)


def once_hash(once: str) -> str:
    """What is kept of `once`: keyed, since references can be guessed one by one."""
    return salted_hmac("portal.notifications.once", once, algorithm="sha256").hexdigest()


def _expect_address(to: str) -> None:
    try:
        validate_email(to)
    except ValidationError:
        # Not chained: the original carries the address into whatever log shows it.
        raise ValueError("not an e-mail address") from None
