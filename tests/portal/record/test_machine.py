"""A short run of the state machine; `make test-faults` makes a long one."""

from tests.portal.record.machine import run


def test_no_order_of_steps_breaks_the_record_or_a_promise(db):
    run(examples=10, steps=12, derandomize=True)
