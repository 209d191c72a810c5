"""What was in the index already and is opened: told as new, to everybody it is opened to."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from portal.search.cards import put
from tests.portal.saved_searches.factories import saved
from tests.portal.search.factories import card

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 11, 25, 5, 10, tzinfo=UTC)
THURSDAY, FRIDAY = WEDNESDAY + timedelta(days=1), WEDNESDAY + timedelta(days=2)


def text(**fields):
    """The one text of these tests, written anew."""
    put(card(fields.pop("title", "Surveillance canary"), key="canary", **fields))


def test_a_text_that_is_opened_to_all_is_told_once(member, clock, run):
    text(visible_to="circle")
    saved(member)
    clock.move_to(WEDNESDAY)
    assert run() == []
    clock.shift(60)
    text()
    clock.move_to(THURSDAY)
    (message,) = run()
    assert "Surveillance canary" in message.body
    assert "/en/guide/canary/" in message.body
    clock.shift(60)
    text(title="Surveillance canary, edited")
    clock.move_to(FRIDAY)
    assert run() == []


def test_nothing_is_told_of_a_text_while_it_is_restricted(member, clock, client, run):
    saved(member)
    clock.shift(60)
    text(visible_to="circle")
    text(visible_to="circle", is_open=True, title="Surveillance canary, edited")
    clock.move_to(WEDNESDAY)
    assert run() == []
    assert b"canary" not in client.get("/feeds/search/", {"q": "surveillance"}).content


def test_a_text_that_is_restricted_again_before_the_mail_goes_is_in_none(member, clock, run):
    text(visible_to="circle")
    saved(member)
    clock.shift(60)
    text()
    clock.shift(60)
    text(visible_to="circle")
    clock.move_to(WEDNESDAY)
    assert run() == []


def test_an_undated_text_comes_into_the_feed_as_of_when_it_was_opened(clock, client):
    text(visible_to="circle")
    clock.move_to(WEDNESDAY)
    text()
    clock.move_to(THURSDAY)
    text(title="Surveillance canary, edited")
    answer = client.get("/feeds/search/", {"q": "surveillance"})
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    (entry,) = feed.iter("{http://www.w3.org/2005/Atom}entry")
    assert entry.findtext("{http://www.w3.org/2005/Atom}updated") == "2026-11-25T05:10:00+00:00"
