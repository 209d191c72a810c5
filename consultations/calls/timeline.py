"""A consultation's life as a line to scale, for the `timeline` component."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from consultations.calls.phases import Dated, Phase, phase_of

# By the United Kingdom's Consultation Principles (2018), an outcome is due within twelve weeks.
OUTCOME_DUE = timedelta(weeks=12)
# So far from each other, in per cent of the line, labels stand at least where there is room.
APART = 20


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


class Mark(NamedTuple):
    """
    A milestone: its moment (aware), its state ("past", "current", "future") and whether it ends the
    taking of responses. `place` is where its label stands, in per cent of the line; its stroke
    stands where the moment is.
    """

    label: str
    moment: datetime
    zone: str
    state: str
    is_end: bool
    place: int


class Line(NamedTuple):
    """
    Marks in order, and the strokes as paths in a box of 1000 by 40 units.

    `past`, `left` and `after` are weeks: gone, until the deadline, and beyond it.
    """

    marks: list[Mark]
    past: str
    left: str
    after: str
    today: str
    end: str


def line(page: Timed, extensions: Sequence[Decided], at: datetime) -> Line | None:
    """
    Return the life of a consultation at an aware instant; None for a draft without dates.

    The deadline is given as the last second that is in time.
    """
    phase = phase_of(page, at)
    if not page.opens_at or not page.closes_at:
        return None
    steps = _steps(page, extensions, phase, at)
    begin, finish = steps[0][1], max(steps[-1][1], steps[0][1] + timedelta(hours=1))

    def place(moment: datetime) -> float:
        return min(max((moment - begin) / (finish - begin), 0.0), 1.0)

    states = _states(steps, phase, at)
    places = _apart([place(moment) for _label, moment in steps])
    marks = [
        Mark(label, moment, page.timezone, state, moment == page.deadline, where)
        for (label, moment), state, where in zip(steps, states, places, strict=True)
    ]
    deadline = page.deadline if phase is not Phase.CANCELLED else finish
    weeks = [begin + timedelta(weeks=n) for n in range(1, (finish - begin).days // 7 + 1)]
    return Line(
        marks,
        _strokes([place(each) for each in weeks if each <= at], 18, 28),
        _strokes([place(each) for each in weeks if at < each <= deadline], 14, 28),
        _strokes([place(each) for each in weeks if max(at, deadline) < each], 18, 28),
        _strokes([place(at)], 2, 36) if begin < at < finish else "",
        _strokes([place(deadline)], 6, 34) if at <= deadline else "",
    )


def _steps(
    page: Timed, extensions: Sequence[Decided], phase: Phase, at: datetime
) -> list[tuple[str, datetime]]:
    if phase is Phase.CANCELLED and page.cancelled_at:
        opened = [(_("Opened"), page.opens_at)] if page.opens_at <= page.cancelled_at else []
        return [*opened, (_("Cancelled"), page.cancelled_at)]
    steps = [(_("Opens") if phase is Phase.SCHEDULED else _("Opened"), page.opens_at)]
    steps += [(_("Deadline extended"), step.decided_at) for step in extensions]
    steps.sort(key=itemgetter(1))
    steps.append((_("Deadline"), page.deadline))
    if page.outcome_published_at:
        return [*steps, (_("Outcome published"), page.outcome_published_at)]
    # Weeks by the clock of its zone, whatever becomes of summer time in between.
    local = page.deadline.astimezone(ZoneInfo(page.timezone))
    return [*steps, (_("Outcome due"), local + OUTCOME_DUE)]


def _strokes(places: Sequence[float], top: int, foot: int) -> str:
    """Return upright strokes at these places, as a path."""
    return "".join(f"M{round(each * 1000)} {top}V{foot}" for each in places)


def _apart(places: Sequence[float]) -> list[int]:
    """Return places for labels in per cent, far enough from each other to be read."""
    room = min(APART, 80 // max(len(places) - 1, 1))
    found: list[int] = []
    for each in places:
        found.append(max(round(each * 100), found[-1] + room if found else 0))
    furthest = 80
    for number in range(len(found) - 1, -1, -1):
        found[number] = min(found[number], furthest)
        furthest = found[number] - room
    return found


def _states(steps: Sequence[tuple[str, datetime]], phase: Phase, at: datetime) -> list[str]:
    reached = sum(moment <= at for _label, moment in steps)
    # What is merely due has not happened, however late it is.
    if phase is Phase.CLOSED:
        reached = len(steps) - 1
    return [
        "future" if place > reached else "current" if place == reached else "past"
        for place in range(1, len(steps) + 1)
    ]
