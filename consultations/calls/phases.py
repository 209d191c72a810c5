"""
Where a consultation stands: it follows from its dates and the decisions recorded, and only here.

`closes_at` is an exclusive instant: a contribution in the last second before it is in time, one at
that very instant is late. A cancellation outranks every date; an outcome counts once the
consultation is over.
"""

from datetime import datetime, timedelta
from typing import Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    SCHEDULED = "scheduled", _("Opens soon")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed, in analysis")
    OUTCOME = "outcome", _("Outcome published")
    CANCELLED = "cancelled", _("Cancelled")


class Dated(Protocol):
    """
    A thing with dates from which a phase follows; all datetimes are aware.

    A draft may have none yet: then it is in no phase but the first.
    """

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def outcome_published_at(self) -> datetime | None: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


class Ending(Dated, Protocol):
    """A thing with such dates, and hours of grace after its deadline."""

    @property
    def grace_hours(self) -> int: ...


def phase_of(consultation: Dated, at: datetime) -> Phase:
    """Return the phase of a consultation at an aware instant."""
    if consultation.cancelled_at and consultation.cancelled_at <= at:
        return Phase.CANCELLED
    if not consultation.opens_at or not consultation.closes_at or at < consultation.opens_at:
        return Phase.SCHEDULED
    if at < consultation.closes_at:
        return Phase.OPEN
    if consultation.outcome_published_at and consultation.outcome_published_at <= at:
        return Phase.OUTCOME
    return Phase.CLOSED


def is_over(consultation: Ending, at: datetime) -> bool:
    """
    Say whether responses neither come in nor change any more at an aware instant.

    But for those that are let in late; a response that was begun in time may use the hours of
    grace.
    """
    phase = phase_of(consultation, at)
    if phase in (Phase.SCHEDULED, Phase.OPEN):
        return False
    grace = timedelta(hours=consultation.grace_hours)
    return phase is Phase.CANCELLED or at >= consultation.closes_at + grace


def in_phase(phase: Phase, at: datetime) -> Q:
    """Say the same rule as a condition on rows: those in `phase` at an aware instant."""
    not_cancelled = Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=at)
    no_dates = Q(opens_at__isnull=True) | Q(closes_at__isnull=True)
    over = Q(opens_at__lte=at, closes_at__lte=at)
    no_outcome = Q(outcome_published_at__isnull=True) | Q(outcome_published_at__gt=at)
    return {
        Phase.CANCELLED: Q(cancelled_at__lte=at),
        Phase.SCHEDULED: not_cancelled & (no_dates | Q(opens_at__gt=at)),
        Phase.OPEN: not_cancelled & Q(opens_at__lte=at, closes_at__gt=at),
        Phase.OUTCOME: not_cancelled & over & Q(outcome_published_at__lte=at),
        Phase.CLOSED: not_cancelled & over & no_outcome,
    }[phase]
