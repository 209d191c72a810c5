"""Which consultations have closed: the rooms that know say so, and their roots are published."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

Closed = Callable[[], Iterable[tuple[str, date]]]
_registered: list[Closed] = []


def register(closed: Closed) -> None:
    """
    `closed()` gives the docket of each consultation that has closed and the UTC day of it.

    Those that have their closing root already may be among them. Called in `AppConfig.ready()`.
    """
    if closed not in _registered:
        _registered.append(closed)


def closed() -> Iterator[tuple[str, date]]:
    """Return what every registered room says, sorted by day and docket."""
    pairs = {pair for each in _registered for pair in each()}
    yield from sorted(pairs, key=lambda pair: (pair[1], pair[0]))
