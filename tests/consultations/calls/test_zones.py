"""Times as clocks show them in a zone."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from consultations.calls import zones


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("Europe/Brussels", datetime(2026, 11, 30, 23, 0, tzinfo=UTC)),
        ("America/St_Johns", datetime(2026, 12, 1, 3, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 11, 30, 18, 15, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_the_end_of_its_minute_in_its_zone(zone, utc):
    wall = datetime.fromisoformat("2026-11-30 23:59")
    assert zones.end_of_minute(wall, zone) == utc
    assert zones.last_minute(utc, zone) == wall


@pytest.mark.parametrize(
    ("zone", "wall", "code"),
    [
        ("Europe/Brussels", datetime.fromisoformat("2026-03-29 02:30"), "skipped"),
        ("Europe/Brussels", datetime.fromisoformat("2026-10-25 02:30"), "repeated"),
        ("America/St_Johns", datetime.fromisoformat("2026-03-08 02:15"), "skipped"),
        ("America/St_Johns", datetime.fromisoformat("2026-11-01 01:15"), "repeated"),
    ],
)
def test_a_time_that_no_clock_or_two_clocks_show_is_refused(zone, wall, code):
    with pytest.raises(ValidationError) as refusal:
        zones.instant(wall, zone)
    assert refusal.value.code == code


def test_every_zone_offered_is_a_zone():
    for name, _label in zones.zone_choices():
        zones.validate_zone(name)


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../etc/passwd"])
def test_an_invented_zone_is_refused(name):
    with pytest.raises(ValidationError):
        zones.validate_zone(name)
