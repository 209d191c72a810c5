"""Turns: whoever waits has one before anybody has a second, whatever others put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.fair_queue import FairQueue

CLIENTS, DRAFTS = st.sampled_from("abcd"), st.sampled_from("12")
# A file that somebody puts in, or None where somebody is served.
STEPS = st.lists(st.one_of(st.tuples(CLIENTS, DRAFTS), st.none()), max_size=80)


def played(steps):
    """The clients and drafts served, each with the steps at which it came and at which it went."""
    queue, served = FairQueue(), []
    for moment, step in enumerate(steps):
        if step is not None:
            queue.put((*step, moment), *step)
        elif queue:
            client, draft, came = queue.take()
            served.append((client, draft, came, moment))
    return queue, served


@given(STEPS)
def test_nothing_is_lost_or_served_twice(steps):
    queue, served = played(steps)
    put = [(*step, moment) for moment, step in enumerate(steps) if step is not None]
    left = [queue.take() for _ in range(len(queue))]
    assert sorted([each[:3] for each in served] + left) == sorted(put)
    with pytest.raises(IndexError):
        queue.take()


@given(STEPS, st.sampled_from([0, 1]))
def test_between_two_turns_of_one_everybody_else_who_waits_has_one(steps, nearer):
    """For clients; and for the drafts of one client among themselves."""
    _queue, served = played([*steps, *[None] * len(steps)])
    if nearer:
        served = [each for each in served if each[0] == "a"]
    for first in range(len(served)):
        who = served[first][nearer]
        again = next((n for n in range(first + 1, len(served)) if served[n][nearer] == who), None)
        if again is None:
            continue
        begun = served[first][3]
        waited = {each[nearer] for each in served[again:] if each[2] < begun} - {who}
        assert waited <= {each[nearer] for each in served[first + 1 : again]}


@given(STEPS)
def test_what_one_draft_puts_in_comes_out_in_its_order(steps):
    _queue, served = played([*steps, *[None] * len(steps)])
    for one in {each[:2] for each in served}:
        came = [each[2] for each in served if each[:2] == one]
        assert came == sorted(came)


def test_a_hundred_files_of_one_sender_hold_up_nobody_for_longer_than_one_of_them():
    queue = FairQueue()
    for number in range(100):
        queue.put(f"hostile {number}", "hostile", number % 3)
    for number in range(50):
        queue.put(f"honest {number}", f"client {number}", "draft")
    served = [queue.take() for _ in range(51)]
    assert sum(each.startswith("hostile") for each in served) == 1


def test_what_is_nobodys_comes_first():
    queue = FairQueue()
    queue.put("a's", "a")
    queue.put("nobody's")
    assert (queue.take(), len(queue)) == ("nobody's", 1)
