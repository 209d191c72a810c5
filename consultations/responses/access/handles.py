"""
Handles: what a browser holds instead of the code, so that a seized one gives nothing away.

Browsers that restore their windows write session cookies to the disk. So the cookie holds 256
random bits; the code lies in the database, sealed under a key that only they give. Without the
cookie a stolen database opens nothing; without the row the cookie opens nothing, and the row goes
two hours after its last use, and at once when somebody leaves.
"""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken

from consultations.responses.access.codes import normalise
from consultations.responses.models import Handle
from portal.secret_keys import derived_key

Opens = Handle.Opens
IDLE = timedelta(hours=2)
# Time enough for the next page to come over a slow line.
RECEIPT = timedelta(minutes=20)
QUARTER = 15 * 60  # seconds


class Held(NamedTuple):
    """The code that a handle holds, or what was typed for one, and what it opens there."""

    code: str
    opens: str


def begin(code: str, at: datetime) -> str:
    """Make a new handle for a code, used at an aware instant; it goes into the browser alone."""
    return _begin(normalise(code), Opens.ANSWER, at + IDLE)


def keep_typed(text: str, at: datetime) -> str:
    """
    Make a new handle for what was typed for a code, to be shown once by `take_typed`.

    Browsers keep what was sent to the page that they show, in the files by which they restore it.
    So a form that takes a code is never answered with a page, but with the way to one.
    """
    return _begin(text, Opens.TYPED, at + RECEIPT)


def take_typed(handle: str, at: datetime) -> str:
    """Return what `keep_typed` was given; "" once it was taken, and some minutes later."""
    held = read(handle, at)
    if held is None or held.opens != Opens.TYPED:
        return ""
    end(handle)
    return held.code


def read(handle: str, at: datetime) -> Held | None:
    """
    Return what a handle holds at an aware instant, and count it as used; None once it has ended.

    Whoever uses it has two hours more, less what is left of a quarter of an hour.
    """
    if not handle:
        return None
    row = Handle.objects.alive(at).filter(token_hash=_hash(handle)).first()
    if row is None:
        return None
    try:
        code = _box(handle).decrypt(bytes(row.sealed)).decode()
    except InvalidToken:
        return None
    if row.opens == Opens.ANSWER and row.ends_at < (ends_at := _quarter(at + IDLE)):
        Handle.objects.filter(pk=row.pk, opens=Opens.ANSWER).update(ends_at=ends_at)
    return Held(code, row.opens)


def end(handle: str) -> None:
    """Have a handle open nothing any more, in every browser and on every server at once."""
    if handle:
        Handle.objects.filter(token_hash=_hash(handle)).delete()


def keep_for_receipt(handle: str, at: datetime) -> None:
    """
    Let a handle open nothing but the page after sending, once, within the next minutes.

    Asked again for the same handle, it is once more: who presses twice has seen nothing yet.
    """
    Handle.objects.filter(token_hash=_hash(handle)).update(
        opens=Opens.RECEIPT, ends_at=_quarter(at + RECEIPT)
    )


def take_receipt(handle: str) -> bool:
    """Say whether the page after sending may be shown, which may be asked once."""
    waiting = Handle.objects.filter(token_hash=_hash(handle), opens=Opens.RECEIPT)
    return waiting.update(opens=Opens.NOTHING) > 0


def erase_ended(at: datetime) -> int:
    """Erase the rows of handles that have ended; returns how many there were."""
    return Handle.objects.ended(at).delete()[0]


def _begin(text: str, opens: str, until: datetime) -> str:
    handle = secrets.token_urlsafe(32)
    # A token begins with the second of its making, which nobody is to read.
    sealed = _box(handle).encrypt_at_time(text.encode(), 0)
    Handle.objects.create(
        token_hash=_hash(handle), sealed=sealed, opens=opens, ends_at=_quarter(until)
    )
    return handle


def _hash(handle: str) -> str:
    return hashlib.sha256(handle.encode()).hexdigest()


def _box(handle: str) -> Fernet:
    key = derived_key(handle, "consultations.responses.handles")
    return Fernet(base64.urlsafe_b64encode(key))


def _quarter(at: datetime) -> datetime:
    """Return the beginning of the quarter of an hour in which an aware instant lies."""
    second = int(at.timestamp()) // QUARTER * QUARTER
    return datetime.fromtimestamp(second, tz=at.tzinfo)
