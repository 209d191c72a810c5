"""What is had at once: never more than allowed, and what is given back can be had again."""

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from portal.web.allowances import Allowance

HAD = Allowance("test")


def test_no_more_is_had_than_allowed_and_others_are_not_touched():
    assert HAD.take("ada", 7, most=10)
    assert not HAD.take("ada", 4, most=10)
    assert HAD.take("ada", 3, most=10)
    assert HAD.take("bo", 10, most=10)


def test_what_is_given_back_can_be_had_again():
    HAD.take("ada", 10, most=10)
    HAD.give_back("ada", 4)
    assert not HAD.take("ada", 5, most=10)
    assert HAD.take("ada", 4, most=10)


def test_nobody_has_less_than_nothing():
    HAD.take("ada", 1, most=10)
    HAD.give_back("ada", 5)
    HAD.give_back("bo", 5)
    assert HAD.take("ada", 10, most=10)
    assert not HAD.take("ada", 1, most=10)


def test_a_new_day_begins_anew():
    with time_machine.travel("2026-11-24T23:59:00Z", tick=False) as clock:
        HAD.take("ada", 10, most=10)
        assert not HAD.take("ada", 1, most=10)
        clock.move_to("2026-11-25T00:00:01Z")
        assert HAD.take("ada", 10, most=10)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9)), max_size=30))
def test_it_counts_as_one_would(steps):
    had = Allowance("any")
    who, count = str(steps), 0
    for takes, amount in steps:
        if takes:
            assert had.take(who, amount, most=20) is (count + amount <= 20)
            count += amount if count + amount <= 20 else 0
        elif count:
            had.give_back(who, amount)
            count = max(0, count - amount)
    had.give_back(who, 1000)
