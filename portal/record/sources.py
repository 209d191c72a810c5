"""
What the record speaks of: each room says how its rows are held against its entries.

`manage.py verify_record` walks the tree by itself and then asks every source.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from portal.record.models import Entry


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was entered; `index` is the entry's, None where there is none."""

    index: int | None
    text: str


Check = Callable[[Iterator[list[Entry]]], Iterable[Finding]]
_checks: list[tuple[tuple[str, ...], Check]] = []


def register_source(kind: str | tuple[str, ...], check: Check) -> None:
    """
    Have entries of a kind, or of several kinds together, checked by `check`.

    It gets all of them from the first to the last, in lists that it is to go through one by one,
    erased ones too, and yields what is wrong. It is called even where there are none, so that it
    can look the other way, for rows without their entry (`entries_at`). Called in
    `AppConfig.ready()`.
    """
    kinds = (kind,) if isinstance(kind, str) else kind
    if (kinds, check) not in _checks:
        _checks.append((kinds, check))


def entries_at(indexes: Iterable[int | None]) -> dict[int, Entry]:
    """The entries with these indexes, in one query: at most a few hundred."""
    return Entry.objects.in_bulk([index for index in indexes if index is not None])


def findings() -> Iterator[Finding]:
    """What every source finds, one source after another."""
    for kinds, check in _checks:
        yield from check(Entry.objects.filter(kind__in=kinds).in_order())
