"""What a goal yields: rows, and how figures of an alternating run become one."""

from collections import defaultdict
from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    """A figure against its goal, ready to print; `detail` says what stands behind it."""

    id: str
    what: str
    figure: str
    goal: str
    holds: bool
    detail: str = ""


class Samples:
    """
    Milliseconds by name, a burst for each round.

    Ratios are taken round by round and then their median, so that a machine that slows for a
    while slows both sides of every ratio alike.
    """

    def __init__(self) -> None:
        self._bursts: dict[str, list[float]] = defaultdict(list)

    def add(self, name: str, burst: list[float]) -> None:
        """The milliseconds of one round; every round adds to every name."""
        self._bursts[name].append(median(burst))

    def ms(self, name: str) -> float:
        """The median over the rounds."""
        return median(self._bursts[name])

    def ratio(self, name: str, to: str) -> float:
        """How many times `to` the time of `name` is: the median of the rounds' ratios."""
        pairs = zip(self._bursts[name], self._bursts[to], strict=True)
        return median(above / below for above, below in pairs)


def at_most(
    samples: Samples, name: str, to: str, goal: float, *, id: str, what: str, detail: str = ""
) -> Row:
    """A row that holds where `name` takes at most `goal` times what `to` takes."""
    ratio = samples.ratio(name, to)
    return Row(
        id, what, f"{ratio:.2f}×", f"≤ {goal:g}×", ratio <= goal, detail or _both(samples, name, to)
    )


def faster(
    samples: Samples, name: str, than: str, goal: float, *, id: str, what: str, detail: str = ""
) -> Row:
    """A row that holds where `name` is at least `goal` times as fast as `than`."""
    ratio = samples.ratio(than, name)
    return Row(
        id,
        what,
        f"{ratio:.1f}×",
        f"≥ {goal:g}×",
        ratio >= goal,
        detail or _both(samples, name, than),
    )


def _both(samples: Samples, name: str, other: str) -> str:
    return f"{name} {samples.ms(name):.2f} ms, {other} {samples.ms(other):.2f} ms"
