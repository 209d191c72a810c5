"""A room of its own: an empty index, kinds of cards, and a Tuesday."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from portal.notifications.delivery import send_due
from portal.search.models import Card, FacetSet

TUESDAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_index(request):
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        Card.objects.all().delete()
        FacetSet.objects.all().delete()


@pytest.fixture
def clock():
    """Time stands still at noon on a Tuesday, until a test moves it."""
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def run():
    """One round of the timer: digests are written down and sent; the mails that went out."""

    def run() -> list:
        mail.outbox.clear()
        call_command("send_search_digests", verbosity=0)
        send_due()
        return list(mail.outbox)

    return run
