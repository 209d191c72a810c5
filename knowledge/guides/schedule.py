"""On which days the review of a guide is reminded of, and whom it then concerns."""

from datetime import date, timedelta

WEEK = 7
# The first reminder goes four weeks ahead.
AHEAD = timedelta(weeks=4)
FOUR_WEEKS_AHEAD, A_WEEK_AHEAD, ON_THE_DAY = -2, -1, 0
# From these steps on the deputy is written to as well, and all editors.
TO_DEPUTY, TO_EDITORS = ON_THE_DAY, 2


def step_of(due: date, on: date) -> int | None:
    """
    Return the step that a review due on `due` has reached on the day `on`; None where it is far.

    From the day itself on, the step is the number of whole weeks that have passed. Who was not
    reminded on the first day of a step is reminded on a later one, of the latest step alone.
    """
    left = (due - on).days
    if left > AHEAD.days:
        return None
    if left > WEEK:
        return FOUR_WEEKS_AHEAD
    return A_WEEK_AHEAD if left > 0 else -left // WEEK
