"""The deadline of a consultation as a calendar's file (iCalendar, RFC 5545)."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from portal.cms.jinja import datetime_in

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
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(settings.SITE_NAME)}//Consultations//EN",
        "BEGIN:VEVENT",
        f"UID:{page.docket}@{urlsplit(settings.BASE_URL).hostname}",
        f"DTSTAMP:{_instant(changed)}",
        f"SEQUENCE:{len(extensions)}",
        f"DTSTART:{_instant(page.deadline.replace(second=0))}",
        f"SUMMARY:{_text(_('Deadline: %(title)s') % {'title': page.title})}",
        f"DESCRIPTION:{_text(told)}\\n{_text(address)}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if page.phase(at) is Phase.CANCELLED else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


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
