"""A short run of the state machine; `make test-faults` makes a long one."""

import pytest

from tests.consultations.responses.machine import run


@pytest.mark.usefixtures("consultations")
def test_no_order_of_steps_loses_or_doubles_an_answer():
    run(examples=25, steps=15, derandomize=True)
