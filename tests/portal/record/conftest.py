"""A record to tamper with: entries of a source of its own, and roots published of them."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.record import audit_sources
from portal.record.actions import append, conceal, erase
from portal.record.hashing import content_digest, new_salt
from portal.record.models import Entry
from portal.record.sequencer import publish_roots

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KIND = "note.taken"


class InOrder:
    """The chance of tests whose places matter: it leaves entries in the order of their acts."""

    acts: list[str]

    def __init__(self, acts):
        self.acts = acts

    def shuffle(self, leaves):
        leaves.sort(key=lambda leaf: self.acts.index(leaf) if leaf in self.acts else -1)


class Notes:
    """What a room keeps beside the record: a body for each entry, by the entry's leaf."""

    def __init__(self):
        self.bodies = {}

    def add(self, body, *, public=True, at=NOON):
        salt = new_salt()
        digest = content_digest(salt, {"body": body})
        entry = append(
            kind=KIND, statement={"content_digest": digest}, public=public, at=at, salt=salt
        )
        self.bodies[entry.leaf] = body
        return entry

    def check(self, batches):
        seen = set()
        for batch in batches:
            for entry in batch:
                seen.add(entry.leaf)
                if entry.is_erased:
                    continue
                body = self.bodies.get(entry.leaf)
                digest = content_digest(bytes(entry.salt or b""), {"body": body})
                if digest != (entry.statement or {}).get("content_digest"):
                    yield audit_sources.finding(entry, "is not what is kept.")
        for leaf in self.bodies.keys() - seen:
            yield audit_sources.Finding(None, f"Note {leaf} has no entry.")


@pytest.fixture
def notes(db, monkeypatch):
    """The only source there is, so that what is found is found of it."""
    notes = Notes()
    monkeypatch.setattr(audit_sources, "_checks", [((KIND,), notes.check)])
    return notes


@pytest.fixture
def record(notes, monkeypatch):
    """
    Fifteen entries of three days that have ended: some not public, one concealed, one erased.

    The key of receipts is 0; then come the notes and the note of the erasure in the order in which
    they were made: 1 to 5 of the first day, 6 to 12 of the second, 13 and 14 of the third. Of the
    fourth day one waits. A public note is 8, sealed are 1, 4, 6 and 9, concealed is 7; 2 is erased
    by 12.
    """
    acts = []
    monkeypatch.setattr("portal.record.sequencer.CHANCE", InOrder(acts))

    def add(text, number, day):
        entry = notes.add(text, public=number % 3 != 0, at=NOON + day * DAY)
        acts.append(entry.leaf)
        return entry

    first = [add(f"first day, {number}", number, 0) for number in range(5)]
    second = [add(f"second day, {number}", number, 1) for number in range(6)]
    acts.append(erase([first[1].leaf], at=NOON + DAY, statement={"reason": "unlawful"}).leaf)
    conceal([second[1].leaf])
    for number in (1, 2):
        add(f"third day, {number}", number, 2)
    publish_roots(at=NOON + 3 * DAY)
    notes.add("fourth day", at=NOON + 3 * DAY)
    assert Entry.objects.placed().count() == 15
    return notes


def at_place(index):
    """The entry that stands there."""
    return Entry.objects.get(index=index)
