"""What tests of following stand on: a consultation, a clock, and the timer's round."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from portal.notifications.delivery import send_due
from tests.consultations.responses.builders import consultation_that_asks

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock(site_tree):
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def page(clock, settings):
    settings.BASE_URL = "https://portal.example"
    return consultation_that_asks(
        title="Warning signs", slug="signs", opens_at=NOON - 10 * DAY, closes_at=NOON + 90 * DAY
    )


@pytest.fixture
def told():
    """A round of the timer: returns the mails that went out, as (address, subject, body)."""

    def run() -> list[tuple[str, str, str]]:
        mail.outbox.clear()
        call_command("tell_followers", verbosity=0)
        send_due()
        return [(each.to[0], each.subject, each.body) for each in mail.outbox]

    return run
