"""A record to tamper with: entries of a source of its own, and roots published of them."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.record import sources
from portal.record.actions import append, conceal, erase, publish_roots
from portal.record.digests import content_digest, new_salt

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KIND = "note.taken"


class Notes:
    """What a room keeps beside the record: a body for each entry, by the entry's index."""

    def __init__(self):
        self.bodies = {}

    def add(self, body, *, public=True, at=NOON):
        salt = new_salt()
        digest = content_digest(salt, {"body": body})
        entry = append(
            kind=KIND, statement={"content_digest": digest}, public=public, at=at, salt=salt
        )
        self.bodies[entry.index] = body
        return entry

    def check(self, batches):
        seen = set()
        for batch in batches:
            for entry in batch:
                seen.add(entry.index)
                if entry.erased_by is not None:
                    continue
                body = self.bodies.get(entry.index)
                digest = content_digest(bytes(entry.salt or b""), {"body": body})
                if digest != (entry.statement or {}).get("content_digest"):
                    yield sources.Finding(entry.index, "is not what is kept.")
        for index in self.bodies.keys() - seen:
            yield sources.Finding(None, f"Note {index} has no entry.")


@pytest.fixture
def notes(db, monkeypatch):
    """The only source there is, so that what is found is found of it."""
    notes = Notes()
    monkeypatch.setattr(sources, "_checks", [((KIND,), notes.check)])
    return notes


@pytest.fixture
def record(notes):
    """
    Fifteen entries over two days: some not public, one concealed later, one erased.

    Roots are published of the first day and in the middle of the second; two entries follow.
    """
    for number in range(6):
        notes.add(f"first day, {number}", public=number % 3 != 0)
    for number in range(6):
        notes.add(f"second day, {number}", public=number % 3 != 0, at=NOON + timedelta(days=1))
    erase([4], at=NOON + timedelta(days=1), statement={"reason": "unlawful"})
    conceal([7])
    publish_roots(at=NOON + timedelta(days=1))
    for number in range(2):
        notes.add(f"last, {number}", at=NOON + timedelta(days=1))
    return notes
