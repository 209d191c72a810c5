"""A consultation's life as marks on a line, for the `timeline` component."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from consultations.calls.phases import Dated, Phase, phase_of

# By the United Kingdom's Consultation Principles (2018), an outcome is due within twelve weeks.
OUTCOME_DUE = timedelta(weeks=12)


class Timed(Dated, Protocol):
    """A consultation as its line shows it: its phase's dates, its deadline as told, its zone."""

    @property
    def deadline(self) -> datetime: ...
    @property
    def timezone(self) -> str: ...


class Decided(Protocol):
    """An extension: all that the line shows of it is when it was decided."""

    @property
    def decided_at(self) -> datetime: ...


def marks(page: Timed, extensions: Sequence[Decided], at: datetime) -> list[dict[str, Any]]:
    """
    Return the milestones in order: past, current (the phase follows from it) or future.

    The deadline is given as the last second that is in time. All moments are aware.
    """
    phase = phase_of(page, at)
    if not page.opens_at or not page.closes_at:  # a draft
        return []
    if phase is Phase.CANCELLED and page.cancelled_at:
        steps = [(_("Opened"), page.opens_at)] if page.opens_at <= page.cancelled_at else []
        steps.append((_("Cancelled"), page.cancelled_at))
    else:
        steps = [(_("Opens") if phase is Phase.SCHEDULED else _("Opened"), page.opens_at)]
        steps += [(_("Deadline extended"), step.decided_at) for step in extensions]
        steps.sort(key=itemgetter(1))
        steps.append((_("Deadline"), page.deadline))
        if page.outcome_published_at:
            steps.append((_("Outcome published"), page.outcome_published_at))
        else:
            # Weeks by the clock of its zone, whatever becomes of summer time in between.
            local = page.deadline.astimezone(ZoneInfo(page.timezone))
            steps.append((_("Outcome due"), local + OUTCOME_DUE))
    return [
        {"label": label, "moment": moment, "zone": page.timezone, "state": state}
        for (label, moment), state in zip(steps, _states(steps, phase, at), strict=True)
    ]


def _states(steps: Sequence[tuple[str, datetime]], phase: Phase, at: datetime) -> list[str]:
    reached = sum(moment <= at for _label, moment in steps)
    # What is merely due has not happened, however late it is.
    if phase is Phase.CLOSED:
        reached = len(steps) - 1
    return [
        "future" if place > reached else "current" if place == reached else "past"
        for place in range(1, len(steps) + 1)
    ]
