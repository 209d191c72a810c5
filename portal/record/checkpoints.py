"""Published roots: signed when they are published, with all that is said about them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from portal.record import keys
from portal.record.models import Checkpoint, Occasion

FORMAT = "code-in-practice/checkpoint/1"


def publish(
    occasion: Occasion, *, size: int, root: bytes, day: date, subject: str = ""
) -> Checkpoint:
    """Publish the root of the first `size` entries, which have their places, for a UTC day."""
    made = Checkpoint(occasion=occasion, subject=subject, size=size, root=root, day=day)
    signed = keys.signed(FORMAT, _stated(made), size)
    made.key, made.signature = signed["key"], signed["signature"]
    made.save(force_insert=True)
    return made


def described(checkpoint: Checkpoint) -> dict[str, Any]:
    """Return a checkpoint as JSON holds it; older ones have neither key nor signature."""
    if not checkpoint.signature:
        return _stated(checkpoint)
    return {
        **_stated(checkpoint),
        "key": checkpoint.key,
        "signature": checkpoint.signature,
    }


def is_as_signed(checkpoint: Checkpoint, known: Collection[str]) -> bool:
    """Say whether a checkpoint says what was signed with the key it names, which is a known one."""
    message = keys.message(FORMAT, {**_stated(checkpoint), "key": checkpoint.key})
    return checkpoint.key in known and keys.holds(checkpoint.key, checkpoint.signature, message)


def _stated(checkpoint: Checkpoint) -> dict[str, Any]:
    return {
        "size": checkpoint.size,
        "root": checkpoint.root_hex,
        "day": checkpoint.day.isoformat(),
        "occasion": str(checkpoint.occasion),
        "subject": checkpoint.subject,
    }
