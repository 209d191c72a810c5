"""R13: five thousand orders of beginning, saving, sending, withdrawing, extending, closing."""

import pytest

from tests.consultations.responses.machine import run

pytestmark = pytest.mark.faults


@pytest.mark.usefixtures("consultations")
def test_no_order_of_steps_loses_or_doubles_an_answer():
    run(examples=5_000, steps=15)
