"""The dial shows what is left of the whole, and never more than that."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.cms.time_left import TICKS, dial

BEGAN = datetime(2026, 10, 5, 9, tzinfo=UTC)
ENDS = BEGAN + timedelta(days=84)


@pytest.mark.parametrize(
    ("before", "ticks", "is_soon"),
    [
        (timedelta(days=90), TICKS, False),
        (timedelta(days=84), TICKS, False),
        (timedelta(days=42), TICKS // 2, False),
        (timedelta(days=7, minutes=1), 4, False),
        (timedelta(days=7), 4, True),
        (timedelta(minutes=1), 1, True),
        (timedelta(0), 0, True),
        (-timedelta(days=1), 0, True),
    ],
)
def test_a_tick_stands_until_its_time_has_passed(before, ticks, is_soon):
    with time_machine.travel(ENDS - before, tick=False):
        found = dial(ENDS, BEGAN)
    assert (found.ticks, found.is_soon) == (ticks, is_soon)


@pytest.mark.parametrize(("before", "start"), [(84, "4.00 42.00"), (42, "42.00 4.00")])
def test_what_is_left_begins_on_the_half_circle(before, start):
    with time_machine.travel(ENDS - timedelta(days=before), tick=False):
        assert dial(ENDS, BEGAN).start == start


def test_what_began_when_it_ends_is_drawn_too():
    with time_machine.travel(ENDS, tick=False):
        assert dial(ENDS, ENDS).ticks == 0
