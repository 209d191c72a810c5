"""R7: in 24 zones, one second decides, on both sides of the deadline."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.calls.zones import end_of_minute
from consultations.responses.models import Response
from tests.consultations.responses.builders import consultation_that_asks, draft_to_send
from tests.consultations.responses.walk import Visitor

pytestmark = pytest.mark.faults

ZONES = [
    *("Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "Australia/Lord_Howe"),
    *("Asia/Tokyo", "Asia/Shanghai", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran"),
    *("Asia/Dubai", "Europe/Moscow", "Africa/Nairobi", "Europe/Brussels", "Africa/Casablanca"),
    *("UTC", "Atlantic/Azores", "America/Sao_Paulo", "America/St_Johns", "America/New_York"),
    *("America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Marquesas"),
    "Pacific/Honolulu",
]
# Midnight ends a day; 24 October 2027 is the eve of nothing in some zones, and of the hour that
# clocks repeat in others.
DAYS = [datetime(2027, 4, 30, 23, 59), datetime(2027, 10, 30, 23, 59)]  # noqa: DTZ001


def test_there_are_24_zones():
    assert len(set(ZONES)) == 24


@pytest.mark.parametrize("last_minute", DAYS, ids=lambda wall: wall.strftime("%B"))
@pytest.mark.parametrize("zone", ZONES)
def test_the_last_second_is_in_time_and_the_next_is_not(consultations, zone, last_minute):
    closes_at = end_of_minute(last_minute, zone)
    page = consultation_that_asks(
        timezone=zone, opens_at=timezone.now() - timedelta(days=1), closes_at=closes_at
    )
    assert ConsultationPage.objects.get(pk=page.pk).closes_at == closes_at
    for seconds, received in ((-1, 1), (0, 1), (1, 1)):
        at = closes_at + timedelta(seconds=seconds)
        _draft, code = draft_to_send(page)
        visitor = Visitor(page)
        with time_machine.travel(at, tick=False):
            visitor.send("resume", {"code": code})
            revision = str(_draft.revision)
            answer = visitor.send("check", {"declared": "on", "revision": revision}, hidden=False)
        assert answer.status_code == (302 if seconds < 0 else 409)
        assert Response.objects.filter(consultation=page).count() == received
    assert Response.objects.get(consultation=page).received_on == last_minute.date()
