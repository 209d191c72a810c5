"""How long there is until something ends: in words, and as the dial draws it."""

from datetime import datetime, timedelta
from math import ceil, cos, pi, sin
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import ngettext

# Ticks of the half circle, which stands in a box of 84 by 46 units.
TICKS, CENTRE, FOOT, RADIUS = 42, 42, 42, 38
SOON = timedelta(days=7)


class TimeLeft(NamedTuple):
    """The time until something ends: the number, its unit, and both in words."""

    number: int
    unit: str
    words: str


def time_left(moment: datetime) -> TimeLeft:
    """
    Say how long there is until an aware datetime: in days, under three of them in hours.

    What has begun is not counted, so nobody has less than they are told.
    """
    left = max(moment - timezone.now(), timedelta(0))
    if left >= timedelta(days=3):
        number = left.days
        # Translators: stands below the number, which is drawn by itself; agree with that number.
        unit = ngettext("day left", "days left", number)
        words = ngettext("%(number)d day left", "%(number)d days left", number)
    elif left >= timedelta(hours=1):
        number = left // timedelta(hours=1)
        # Translators: stands below the number, which is drawn by itself; agree with that number.
        unit = ngettext("hour left", "hours left", number)
        words = ngettext("%(number)d hour left", "%(number)d hours left", number)
    else:
        number = left // timedelta(minutes=1)
        # Translators: stands below the number, which is drawn by itself; agree with that number.
        unit = ngettext("minute left", "minutes left", number)
        words = ngettext("%(number)d minute left", "%(number)d minutes left", number)
    return TimeLeft(number, unit, words % {"number": number})


class Dial(NamedTuple):
    """
    Drawing of what is left: the number and its unit, and how many of the ticks are still to come.

    `start` is where on the half circle these begin, as "x y" of its box.
    """

    number: int
    unit: str
    is_soon: bool
    ticks: int
    start: str


def dial(until: datetime, since: datetime) -> Dial:
    """Return the dial of something that began at an aware datetime and ends at another."""
    now, left = timezone.now(), time_left(until)
    share = (until - now) / (until - since) if until > since else 0.0
    ticks = min(max(ceil(share * TICKS), 0), TICKS)
    angle = pi * ticks / TICKS
    start = f"{CENTRE + RADIUS * cos(angle):.2f} {FOOT - RADIUS * sin(angle):.2f}"
    return Dial(left.number, left.unit, until - now <= SOON, ticks, start)
