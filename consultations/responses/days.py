"""Dates about responses are days: a time of day would tell who answered."""

from datetime import date, datetime, timedelta

from consultations.calls.models import ConsultationPage
from consultations.calls.zones import wall_time

INSTANT = timedelta(microseconds=1)


def day_of(page: ConsultationPage, at: datetime) -> date:
    """Return the day of an aware instant in the consultation's zone."""
    return wall_time(at, page.timezone).date()


def last_in_time(page: ConsultationPage) -> datetime:
    """Return the last instant before the deadline, which stands for later ones without a name."""
    return page.closes_at - INSTANT
