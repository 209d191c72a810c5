"""Dates about responses are days: a time of day would tell who answered."""

from datetime import date, datetime

from consultations.calls.models import ConsultationPage
from consultations.calls.zones import wall_time


def day_of(page: ConsultationPage, at: datetime) -> date:
    """The day of an aware instant in the consultation's zone."""
    return wall_time(at, page.timezone).date()
