"""The numbers that responses are cited by: drawn, so that they tell neither order nor count."""

import secrets

from consultations.calls.models import ConsultationPage
from consultations.responses.models import Response

DIGITS = 4


def draw(page: ConsultationPage) -> str:
    """
    Draw a reference that no response of this consultation has, e.g. "ECHRI-2026-01-0042".

    Numbers have four digits, and one more each time that half of them are given. Two at once
    may draw the same: the database refuses the second, which draws again.
    """
    given = Response.objects.filter(consultation=page)
    count, digits = given.count(), DIGITS
    while 2 * count >= 10**digits - 1:
        digits += 1
    while True:
        number = secrets.randbelow(10**digits - 1) + 1
        reference = f"{page.docket}-{number:0{DIGITS}d}"
        if not given.filter(reference=reference).exists():
            return reference
