"""
R13: five thousand orders of beginning, saving, sending, withdrawing, extending, closing; five
hundred of what may happen in a record while its days end.
"""

import pytest

from tests.consultations.responses.machine import run
from tests.portal.record.machine import run as run_days

pytestmark = pytest.mark.faults


@pytest.mark.usefixtures("consultations")
def test_no_order_of_steps_loses_or_doubles_an_answer():
    run(examples=5_000, steps=15)


def test_no_order_of_steps_breaks_the_record_or_a_promise(db):
    run_days(examples=500, steps=25)
