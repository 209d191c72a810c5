"""
When a saved search is looked at: at a fixed hour in UTC, daily or on Mondays.

A mail covers what came in from one such hour to another, whenever it is made: a timer that was late
or away changes when it comes, never what it tells, and nothing is told twice or left out.
"""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

HOUR = time(5)
MONDAY = 0
# A card's moment is set before its transaction ends; those of an hour are all there after this.
SETTLING = timedelta(minutes=10)


class Frequency(models.TextChoices):
    DAILY = "daily", _("Every day, if there is something new")
    WEEKLY = "weekly", _("Every Monday, if there is something new")
    NONE = "none", _("No mail")


def last_hour(frequency: str, at: datetime) -> datetime:
    """Return the latest moment in UTC, by the aware `at`, up to which this frequency is told."""
    settled = at - SETTLING
    latest = settled.replace(hour=HOUR.hour, minute=0, second=0, microsecond=0)
    if latest > settled:
        latest -= timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        latest -= timedelta(days=(latest.weekday() - MONDAY) % 7)
    return latest
