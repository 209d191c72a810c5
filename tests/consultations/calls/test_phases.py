"""The phase of a consultation, to the second, in the zone it is read in."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from consultations.calls import zones
from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase, phase_of
from tests.consultations.factories import ConsultationPageFactory

ZONES = ["Europe/Brussels", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland", "UTC"]
SECOND = timedelta(seconds=1)


def dated(opens_at, closes_at, outcome_published_at=None, cancelled_at=None):
    return SimpleNamespace(
        opens_at=opens_at,
        closes_at=closes_at,
        outcome_published_at=outcome_published_at,
        cancelled_at=cancelled_at,
    )


@pytest.mark.parametrize("zone", ZONES)
def test_the_last_second_of_the_day_is_in_time_and_midnight_is_late(zone):
    deadline = zones.end_of_minute(datetime.fromisoformat("2026-11-30 23:59"), zone)
    page = dated(deadline - timedelta(weeks=12), deadline)
    place = ZoneInfo(zone)
    assert phase_of(page, datetime(2026, 11, 30, 23, 59, 59, tzinfo=place)) is Phase.OPEN
    assert phase_of(page, datetime(2026, 12, 1, 0, 0, 0, tzinfo=place)) is Phase.CLOSED


@pytest.mark.parametrize("zone", ZONES)
def test_it_opens_at_the_very_second(zone):
    opening = zones.instant(datetime.fromisoformat("2026-09-01 09:00"), zone)
    page = dated(opening, opening + timedelta(weeks=12))
    assert phase_of(page, opening - SECOND) is Phase.SCHEDULED
    assert phase_of(page, opening) is Phase.OPEN


def test_rows_and_objects_agree_in_every_phase(consultations):
    start = datetime(2026, 3, 1, tzinfo=UTC)
    common = {"opens_at": start, "closes_at": start + timedelta(weeks=12)}
    outcome_at, cancelled_at = start + timedelta(weeks=20), start + timedelta(weeks=6)
    pages = [
        ConsultationPageFactory(**common),
        ConsultationPageFactory(
            **common, outcome_published_at=outcome_at, outcome_summary="Changed."
        ),
        ConsultationPageFactory(**common, cancelled_at=cancelled_at, cancel_reason="Withdrawn."),
    ]
    edges = [start, common["closes_at"], outcome_at, cancelled_at]
    for at in [edge + shift for edge in edges for shift in (-SECOND, timedelta(0), SECOND)]:
        for phase in Phase:
            by_rows = set(ConsultationPage.objects.in_phase(phase, at))
            assert by_rows == {page for page in pages if phase_of(page, at) is phase}
