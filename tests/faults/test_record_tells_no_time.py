"""
A week of somebody who comments, answers and reads everything public after each act of anybody.

Nothing public but the comments themselves differs within a day; and when a day has ended, where its
sealed entries stand among the comments, which show their minute, tells nothing of when they came.
"""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from consultations.responses import actions
from consultations.responses.models import Status
from portal.record.sequencer import publish_due, publish_roots
from tests.consultations.factories import comment_on
from tests.consultations.responses.builders import NOBODY, consultation_that_asks, sent
from tests.factories import UserFactory
from tests.poller import Poller, changed

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
DAYS, COMMENTS, ANSWERS, WITHDRAWN = 7, 12, 5, 1


@pytest.fixture
def page(site_tree):
    with time_machine.travel(MONDAY, tick=False), transaction.atomic():
        publish_roots(at=MONDAY)
        return consultation_that_asks()


class Day:
    """What one day holds, and what was seen of it."""

    def __init__(self, page, poller):
        self.page = page
        self.poller = poller
        self.comments: list[str] = []
        self.answers: dict[str, int] = {}  # leaf → how many comments there were when it came
        self.seen = poller.look()

    def comment(self):
        self.comments.append(comment_on(self.page, author=UserFactory()).record_leaf)
        seen = self.poller.look()
        assert not [path for path in changed(self.seen, seen) if path.startswith("/record/")]
        self.seen = seen

    def answer(self):
        response, _code = sent(self.page)
        self.answers[response.versions.get().record_leaf] = len(self.comments)
        assert changed(self.seen, self.poller.look()) == []

    def withdraw(self):
        response = self.page.responses.exclude(status=Status.WITHDRAWN).order_by("?").first()
        if response is not None:
            actions.withdraw_response(response=response, by=NOBODY)
        assert changed(self.seen, self.poller.look()) == []

    def errors(self):
        """By how many comments who takes the record's order for that of acts is wrong."""
        lines = Client().get("/record/leaves.jsonl").getvalue().decode().splitlines()
        passed = 0
        for leaf in (json.loads(line)["leaf"] for line in lines):
            passed += leaf in self.comments
            if leaf in self.answers:
                yield abs(passed - self.answers[leaf])


def test_a_driven_week_tells_days_and_nothing_closer(page):
    chance = random.Random(11)
    with time_machine.travel(MONDAY, tick=False):
        poller = Poller(page.get_url())
    errors = []
    for number in range(DAYS):
        midnight = MONDAY + timedelta(days=number)
        acts = [Day.comment] * COMMENTS + [Day.answer] * ANSWERS + [Day.withdraw] * WITHDRAWN
        chance.shuffle(acts)
        with time_machine.travel(midnight, tick=False):
            publish_due(stopped=lambda: False)
            day = Day(page, poller)
        for act, minute in zip(acts, sorted(chance.sample(range(1, 1440), len(acts))), strict=True):
            with time_machine.travel(midnight + timedelta(minutes=minute), tick=False):
                publish_due(stopped=lambda: False)
                act(day)
        with time_machine.travel(midnight + timedelta(days=1), tick=False):
            publish_due(stopped=lambda: False)
            errors += day.errors()
    # Who guesses at random errs by a third of the comments; in the order of acts it would be none.
    assert len(errors) == DAYS * ANSWERS
    assert sum(errors) / len(errors) > COMMENTS / 5
