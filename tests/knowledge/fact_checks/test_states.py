"""The states of an expert, walked at random: nothing is lost, and only who may acts."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.fact_checks.actions import answering, asking
from knowledge.fact_checks.errors import Refused
from knowledge.fact_checks.models import GRACE, Expert, FactCheck
from tests.knowledge.fact_checks.building import asked, opened
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
SAID = [{"section": 0, "kind": "correct", "wrong": "", "evidence": "", "evidence_url": ""}]
ACTS = ("save", "send", "withdraw", "revoke", "again", "extend", "close", "unname", "wait")


@pytest.fixture
def guide(site_tree):
    return GuidePageFactory()


@given(st.lists(st.sampled_from(ACTS), max_size=9))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_happens_in_whatever_order(guide, acts):
    FactCheck.objects.all().delete()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        check = opened(guide, days=5)
        pk = asked(check, email="x@people.example").pk
        for act in acts:
            before, check = Expert.objects.get(pk=pk), FactCheck.objects.get(pk=check.pk)
            today = timezone.now().date()
            dead, shut = before.is_over(today), bool(check.closed_on)
            done = _do(act, before, check, clock)
            now = Expert.objects.get(pk=pk)
            if act in ("save", "send"):
                # The same sent again is taken for a button that was pressed twice.
                again = act == "send" and before.sent_on and before.consented_on
                assert done == (not dead and not shut and bool(before.sent_on is None or again))
            if act == "withdraw":
                assert done != dead
            if act == "again":
                assert done == (not shut and before.sent_on is None)
                assert (now.link_hash != before.link_hash) == done
            if before.sent_on:
                assert now.sent_on == before.sent_on
            if before.saved_on:
                assert now.verdicts.count() == 1
            if (act in ("withdraw", "unname")) and done:
                assert now.consented_on is None


def _do(act, expert, check, clock):
    by = check.opened_by
    said = {"expert": expert, "answers": SAID, "may_be_named": True}
    do = {
        "save": lambda: answering.save(**said),
        "send": lambda: answering.send(**said),
        "withdraw": lambda: answering.withdraw_consent(expert=expert),
        "revoke": lambda: asking.revoke(expert=expert, by=by),
        "again": lambda: asking.send_again(expert=expert, by=by),
        "extend": lambda: asking.extend(
            fact_check=check, by=by, deadline=timezone.now().date() + timedelta(days=30)
        ),
        "close": lambda: asking.close(fact_check=check, by=by),
        "unname": lambda: asking.remove_name(expert=expert, by=by),
        "wait": lambda: clock.shift(GRACE + timedelta(days=7)),
    }[act]
    try:
        do()
    except Refused:
        return False
    return True
