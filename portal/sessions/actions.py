"""Ending sessions, and naming one: what their owner does, and staff for somebody."""

from django.db import models

from portal.keys import hashed
from portal.sessions.models import Session


def end_sessions(person: models.Model, *, but: str | None = None) -> int:
    """
    End every session of a person at once, and return how many there were.

    `but` is the key, as the browser has it, of one that stays.
    """
    found = Session.objects.of(person)
    if but is not None:
        found = found.exclude(pk=hashed(but))
    return found.delete()[0]


def end_session(person: models.Model, session_hash: str) -> bool:
    """End one session of a person, named by its hash; False where it has ended already."""
    return Session.objects.of(person).filter(pk=session_hash).delete()[0] > 0


def name_session(person: models.Model, session_hash: str, name: str) -> bool:
    """Keep a name for one session of a person; False where it has ended."""
    return Session.objects.of(person).filter(pk=session_hash).update(name=name) > 0
