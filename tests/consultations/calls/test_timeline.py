"""A consultation's life drawn to scale."""

import itertools
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from consultations.calls.timeline import APART, Line, line

OPENED = datetime(2026, 10, 5, 9, tzinfo=UTC)


def life(**fields):
    closes_at = OPENED + timedelta(weeks=12)
    page = {
        "opens_at": OPENED,
        "closes_at": closes_at,
        "deadline": closes_at - timedelta(seconds=1),
        "timezone": "UTC",
        "outcome_published_at": None,
        "cancelled_at": None,
    }
    return SimpleNamespace(**page | fields)


def places(strokes: str) -> list[int]:
    return [int(each) for each in re.findall(r"M(\d+) ", strokes)]


def drawn(at: datetime, *extensions: datetime, **fields) -> Line:
    decided = [SimpleNamespace(decided_at=each) for each in extensions]
    found = line(life(**fields), decided, at)
    assert found
    return found


def test_each_week_has_a_stroke_where_it_is():
    now = drawn(OPENED + timedelta(weeks=6, days=1))
    assert (len(places(now.past)), len(places(now.left)), len(places(now.after))) == (6, 5, 12)
    strokes = places(now.past + now.left + now.after)
    gaps = {after - before for before, after in itertools.pairwise(strokes)}
    assert gaps <= {41, 42, 84}  # of 24 weeks; the twelfth is the deadline itself
    assert places(now.end) == [500]
    assert places(now.today) == [256]


@pytest.mark.parametrize(
    ("at", "today", "end"),
    [
        (OPENED - timedelta(days=3), 0, 1),
        (OPENED + timedelta(days=3), 1, 1),
        (OPENED + timedelta(weeks=13), 1, 0),
        (OPENED + timedelta(weeks=30), 0, 0),
    ],
)
def test_today_and_the_deadline_are_drawn_while_they_lie_on_it(at, today, end):
    now = drawn(at)
    assert (len(places(now.today)), len(places(now.end))) == (today, end)


def test_what_is_over_has_nothing_left():
    published = OPENED + timedelta(weeks=20)
    over = drawn(published + timedelta(days=1), outcome_published_at=published)
    assert over.left == over.end == over.today == ""
    cancelled = drawn(OPENED + timedelta(weeks=3), cancelled_at=OPENED + timedelta(weeks=2))
    assert cancelled.left == cancelled.today == ""
    assert [each.label for each in cancelled.marks] == ["Opened", "Cancelled"]


@pytest.mark.parametrize("extensions", [0, 1, 3])
@pytest.mark.parametrize("length", [timedelta(hours=1), timedelta(weeks=12), timedelta(weeks=104)])
def test_labels_stand_apart_and_on_the_line(length, extensions):
    closes_at = OPENED + length
    decided = [OPENED + length / 2 + timedelta(minutes=n) for n in range(extensions)]
    now = drawn(
        OPENED + length / 3,
        *decided,
        closes_at=closes_at,
        deadline=closes_at - timedelta(seconds=1),
    )
    stand = [each.place for each in now.marks[:-1]] + [100]
    gaps = [after - before for before, after in itertools.pairwise(stand)]
    assert min(stand) >= 0
    assert min(gaps) >= min(APART, 80 // (len(stand) - 1))


def test_a_draft_has_no_line():
    assert line(life(opens_at=None, closes_at=None), [], OPENED) is None
