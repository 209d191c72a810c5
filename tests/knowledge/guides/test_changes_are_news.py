"""A change of a guide with a note is news for whoever saved a search; a minor one is not."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from knowledge.guides.versions.actions import keep_version
from portal.notifications.delivery import send_due
from portal.saved_searches.criteria import Asked
from portal.saved_searches.feeds.atom import feed_of
from tests.knowledge.factories import GuidePageFactory
from tests.portal.saved_searches.factories import saved

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NOTE = "The deadline is ten days now, not fifteen."


@pytest.fixture
def clock():
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def guide(clock):
    guide = GuidePageFactory(title="Surveillance in five steps", reviewed_on=date(2026, 2, 1))
    keep_version(guide, TUESDAY)
    clock.shift(60)
    return guide


def publish(guide, **changed):
    for name, value in changed.items():
        setattr(guide, name, value)
    guide.save_revision().publish(skip_permission_checks=True)


def mailed(clock) -> str:
    clock.move_to(WEDNESDAY)
    call_command("send_search_digests", verbosity=0)
    send_due()
    return "\n".join(message.body for message in mail.outbox)


def test_a_saved_search_is_told_what_changed(member, clock, guide):
    saved(member)
    clock.shift(60)
    publish(guide, summary="Another summary.", change_note=NOTE)
    assert f"Surveillance in five steps\nGuide, 1 February 2026\nWhat changed: {NOTE}" in mailed(
        clock
    )


def test_a_minor_change_is_no_news(member, clock, guide):
    saved(member)
    clock.shift(60)
    publish(guide, summary="Another summary.", change_note="A spelling.", is_minor_change=True)
    assert mailed(clock) == ""


def test_the_feed_of_a_search_shows_the_change_at_its_moment(clock, guide):
    clock.shift(60)
    publish(guide, summary="Another summary.", change_note=NOTE)
    (entry,) = feed_of(Asked(text="surveillance"), "en").entries
    assert entry.summary == f"What changed: {NOTE} · Another summary."
    assert entry.at == datetime(2026, 11, 24, 12, 2, tzinfo=UTC)
