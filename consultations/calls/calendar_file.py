"""The deadline of a consultation as a calendar's file (iCalendar, RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from portal.cms.jinja import datetime_in

DAY, A_YEAR = timedelta(days=1), timedelta(days=366)
LONGEST = 75  # bytes of a line (3.1)
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_of(page: ConsultationPage, address: str, at: datetime) -> bytes:
    """
    Write one event without length, at the last minute that is in time.

    `address` is that of the consultation. Taken in anew after the deadline was moved, it replaces
    what a calendar holds of it: the same UID, a higher sequence. One query.
    """
    extensions = list(page.extensions.all())
    changes = [each.decided_at for each in extensions]
    changed = max(filter(None, [page.last_published_at, *changes]), default=page.opens_at)
    told = _("Responses are taken until %(deadline)s.") % {
        "deadline": datetime_in(page.deadline, page.timezone)
    }
    deadline = page.deadline.replace(second=0, microsecond=0)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(settings.SITE_NAME)}//Consultations//EN",
        *_timezone(page.timezone, deadline),
        "BEGIN:VEVENT",
        f"UID:{page.docket}@{urlsplit(settings.BASE_URL).hostname}",
        f"DTSTAMP:{_instant(changed)}",
        f"SEQUENCE:{len(extensions)}",
        _start(deadline, page.timezone),
        f"SUMMARY:{_text(_('Deadline: %(title)s') % {'title': page.title})}",
        f"DESCRIPTION:{_text(told)}\\n{_text(address)}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if page.phase(at) is Phase.CANCELLED else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _start(moment: datetime, zone: str) -> str:
    """Write a moment as the consultation's clocks show it, which is how people were told it."""
    if zone == "UTC":
        return f"DTSTART:{_instant(moment)}"
    return f"DTSTART;TZID={zone}:{_wall(moment.astimezone(ZoneInfo(zone)))}"


def _timezone(zone: str, around: datetime) -> Iterator[str]:
    """Say how far the clocks of a zone are from UTC in the years around a moment (3.6.5)."""
    if zone == "UTC":
        return
    place, moment = ZoneInfo(zone), (around - A_YEAR).astimezone(UTC)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone}")
    yield from _observance(place, moment, moment)
    while moment < around + A_YEAR:
        later = moment + DAY
        if _offset(later, place) != _offset(moment, place):
            yield from _observance(place, moment, _change(place, moment, later))
        moment = later
    yield "END:VTIMEZONE"


def _observance(place: ZoneInfo, before: datetime, onset: datetime) -> Iterator[str]:
    """Tell what holds from `onset` on, as the clocks showed it that were right until then."""
    kind = "DAYLIGHT" if onset.astimezone(place).dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{_wall(onset + _offset(before, place))}"
    yield f"TZOFFSETFROM:{_hours(_offset(before, place))}"
    yield f"TZOFFSETTO:{_hours(_offset(onset, place))}"
    yield f"END:{kind}"


def _change(place: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first second of a day's span that has the later offset."""
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        changed = _offset(before + timedelta(seconds=middle), place) == _offset(after, place)
        low, high = (low, middle) if changed else (middle, high)
    return before + timedelta(seconds=high)


def _offset(moment: datetime, place: ZoneInfo) -> timedelta:
    return moment.astimezone(place).utcoffset() or timedelta()


def _hours(offset: timedelta) -> str:
    minutes = round(abs(offset) / timedelta(minutes=1))
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02d}{minutes % 60:02d}"


def _wall(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return words.translate(ESCAPED)


def _folded(line: str) -> bytes:
    """Part a line where it is too long, never within a character; with its end."""
    folded, length = b"", 0
    for character in line:
        encoded = character.encode()
        if length + len(encoded) > LONGEST:
            folded, length = folded + b"\r\n ", 1
        folded, length = folded + encoded, length + len(encoded)
    return folded + b"\r\n"
