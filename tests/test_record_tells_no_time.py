"""Whoever reads everything public all day learns the day of an anonymous act, and no more."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from consultations.discussion import actions as discussion
from consultations.moderation import actions as moderation
from consultations.responses import actions, receipts
from consultations.responses.models import Status
from portal.record.models import Entry
from portal.record.sequencer import publish_due, publish_roots
from tests.consultations.factories import comment_on
from tests.consultations.moderation.building import put_in_public
from tests.consultations.responses.builders import NOBODY, consultation_that_asks, save, sent
from tests.poller import Poller, changed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def page(site_tree, moderator):
    """A consultation with a comment and an answer of yesterday, which is published."""
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        page = consultation_that_asks()
        comment_on(page)
        response, _code = sent(page)
        moderation.accept(response=response, by=moderator, handling="public", reason="within-rules")
        put_in_public(response, by=moderator)
    with time_machine.travel(NOON, tick=False):
        with transaction.atomic():
            publish_roots(at=NOON)
        yield page


@pytest.fixture
def anonymous_acts(page, client):
    """What somebody without a name does, each a step, all on one day."""
    made = {}

    def answer():
        made["response"], made["code"] = sent(page)

    def change():
        draft = actions.begin_revision(response=made["response"], by=NOBODY)
        save(draft, 2, {"view": "Another view."})
        actions.submit_draft(draft=draft, by=NOBODY)

    def verify():
        version = made["response"].versions.latest("number")
        client.post("/record/verify/", {"receipt": json.dumps(receipts.receipt_of(version))})

    def withdraw():
        actions.withdraw_response(response=made["response"], by=NOBODY)

    def answer_and_cut_the_tie():
        response, _code = sent(page)
        actions.cut_tie(response=response, by=NOBODY)

    def cut_the_tie_to_what_is_published():
        response = page.responses.get(status=Status.PUBLISHED)
        actions.cut_tie(response=response, by=NOBODY)

    def answer_and_discard():
        draft = actions.begin_draft(
            consultation=page, by=NOBODY, identity="anonymous", details={"language": "en"}
        ).draft
        actions.discard_draft(draft=draft, by=NOBODY)

    return [
        *(answer, change, verify, withdraw, answer_and_discard, answer),
        *(answer_and_cut_the_tie, cut_the_tie_to_what_is_published),
    ]


def test_nothing_public_changes_because_of_an_anonymous_act(page, anonymous_acts):
    poller = Poller(page.get_url())
    assert sum(path.startswith("/record/") for path in poller.paths) > 15
    first = poller.look()
    assert changed(first, poller.look()) == []  # by itself it is the same each time
    for act in anonymous_acts:
        act()
        publish_due(stopped=lambda: False)
        assert changed(first, poller.look()) == [], act.__name__


def test_the_next_day_tells_that_there_were_some(page, anonymous_acts):
    poller = Poller(page.get_url())
    before = poller.look()
    for act in anonymous_acts:
        act()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        publish_due(stopped=lambda: False)
        assert {"/record/", "/record/leaves.jsonl"} <= set(changed(before, poller.look()))


def test_who_comments_all_day_sees_no_answer_come_in_between(page):
    """Comments show their minute and are open entries; between them nothing can be counted."""
    poller = Poller(under="/record/")
    seen = []
    for minute in range(6):
        with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
            comment_on(page)
            if minute in (1, 4):
                sent(page)
            seen.append(poller.look())
    assert [changed(seen[0], each) for each in seen] == [[]] * 6


def test_what_is_hidden_goes_at_once_from_the_record_too(page, moderator, client):
    comment = page.thread.comments.get()
    entry = Entry.objects.get(leaf=comment.record_leaf)
    paths, salt = (f"/record/{entry.index}/", "/record/leaves.jsonl"), bytes(entry.salt).hex()
    assert all(salt.encode() in client.get(path).getvalue() for path in paths)
    discussion.hide_comment(moderator=moderator, comment=comment, reason="personal-data")
    assert not any(salt.encode() in client.get(path).getvalue() for path in paths)


def test_what_is_withdrawn_after_publication_goes_at_once(page, client):
    response = page.responses.get(status=Status.PUBLISHED)
    entry = Entry.objects.get(leaf=response.public_copy.record_leaf)
    actions.withdraw_response(response=response, by=NOBODY)
    leaves = client.get("/record/leaves.jsonl").getvalue()
    assert bytes(entry.salt).hex().encode() not in leaves
