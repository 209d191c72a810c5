"""The deadline in a calendar, read by another library than wrote it."""

from datetime import datetime, timedelta

import icalendar
import pytest

from consultations.calls.actions import extend_consultation
from consultations.calls.zones import end_of_minute
from portal.stakeholders.roles import EDITOR
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TITLE = "Signs, marks; and “Überwachung” \\ 監視技術の輸出管理に関する人権リスクの兆候"


def calendar_of(client, page):
    answer = client.get(f"{page.url}deadline.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="{page.docket}.ics"' in answer["Content-Disposition"]
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert answer.content.count(b"\n") == answer.content.count(b"\r\n")
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert not calendar.errors
    [event] = calendar.walk("VEVENT")
    assert not event.errors
    return event


def test_it_is_the_last_minute_in_time(client, consultations, settings):
    settings.BASE_URL = "https://portal.example"
    page = ConsultationPageFactory(title=TITLE, slug="signs")
    event = calendar_of(client, page)
    assert event.decoded("dtstart") == page.deadline.replace(second=0, microsecond=0)
    assert event.decoded("dtstart").tzinfo is not None
    assert event["dtstart"].params["TZID"] == "Europe/Brussels"
    assert event["summary"] == f"Deadline: {TITLE}"
    assert "(Brussels time)" in event["description"]
    assert event["url"] == f"http://testserver{page.url}"
    assert event["uid"] == f"{page.docket}@portal.example"
    assert event["status"] == "CONFIRMED"


CLOCKS = [
    ("Europe/Brussels", "2027-02-01 23:59"),
    ("Europe/Brussels", "2027-07-01 23:59"),
    ("Australia/Lord_Howe", "2027-01-10 12:00"),  # half an hour of summer time
    ("America/St_Johns", "2027-03-14 23:59"),
    ("Asia/Kathmandu", "2027-04-30 17:00"),  # no summer time
    ("Africa/Casablanca", "2027-02-20 09:00"),
    ("Europe/Dublin", "2027-12-24 12:00"),
    ("UTC", "2027-04-30 23:59"),
]


@pytest.mark.parametrize(("zone", "wall"), CLOCKS)
def test_its_clocks_say_the_same_instant_to_who_knows_no_zones(client, consultations, zone, wall):
    """A calendar that has no zones of its own reads them from the file (RFC 5545, 3.6.5)."""
    wall = datetime.fromisoformat(wall)
    closes_at = end_of_minute(wall, zone)
    opens_at = closes_at - timedelta(weeks=13)
    page = ConsultationPageFactory(timezone=zone, opens_at=opens_at, closes_at=closes_at)
    content = client.get(f"{page.url}deadline.ics").content
    calendar = icalendar.Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    if zone == "UTC":
        assert b"TZID" not in content
        assert event.decoded("dtstart") == closes_at - timedelta(minutes=1)
        return
    [described] = calendar.walk("VTIMEZONE")
    assert described["tzid"] == event["dtstart"].params["TZID"] == zone
    assert event.decoded("dtstart").replace(tzinfo=None) == wall
    onsets = [
        (each["dtstart"].dt - each["tzoffsetfrom"].td, each["tzoffsetto"].td)
        for each in described.subcomponents
    ]
    instant = (closes_at - timedelta(minutes=1)).replace(tzinfo=None)
    offset = max(pair for pair in onsets if pair[0] <= instant)[1]
    assert wall - offset == instant


def test_once_the_deadline_was_moved_it_takes_the_place_of_what_was_taken_before(
    client, consultations
):
    page = ConsultationPageFactory()
    before = calendar_of(client, page)
    later = page.closes_at + timedelta(days=7)
    editor = UserFactory(role=EDITOR)
    extend_consultation(consultation=page, by=editor, closes_at=later, reason="Holidays.")
    after = calendar_of(client, page)
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstamp") >= before.decoded("dtstamp")
    moved = after.decoded("dtstart") - before.decoded("dtstart")
    assert moved == timedelta(days=7)


def test_it_stays_the_same_until_something_changes(client, consultations):
    page = ConsultationPageFactory()
    address = f"{page.url}deadline.ics"
    assert client.get(address).content == client.get(address).content


def test_a_cancelled_one_is_cancelled_in_the_calendar(client, consultations):
    assert calendar_of(client, ConsultationPageFactory(cancelled=True))["status"] == "CANCELLED"


def test_there_is_none_of_a_draft(client, consultations):
    page = ConsultationPageFactory(live=False)
    assert client.get(f"/en/consultations/{page.slug}/deadline.ics").status_code == 404
