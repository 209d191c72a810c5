"""
What the record speaks of: each room says how its rows are held against its entries.

`manage.py verify_record` walks the tree by itself and then asks every source.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from portal.record.models import Entry

LEAF = "record_leaf"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Finding:
    """
    Something that is not as it was entered.

    `entry` is the place of the entry, or its leaf where it waits for one; None where there is none.
    """

    entry: int | str | None
    text: str


def finding(entry: Entry, text: str) -> Finding:
    """Return what is wrong with an entry."""
    return Finding(entry.leaf if entry.index is None else entry.index, text)


Check = Callable[[Iterator[list[Entry]]], Iterable[Finding]]
_checks: list[tuple[tuple[str, ...], Check]] = []


def register_source(kind: str | tuple[str, ...], check: Check) -> None:
    """
    Have entries of a kind, or of several kinds together, checked by `check`.

    It gets all of them in lists that it is to go through one by one (`all_in_lists`), erased ones
    too, and yields what is wrong. The order of entries of one day says nothing. It is called even
    where there are none, so that it can look the other way, for rows without their entry
    (`entries_at`). Called in `AppConfig.ready()`.
    """
    kinds = (kind,) if isinstance(kind, str) else kind
    if (kinds, check) not in _checks:
        _checks.append((kinds, check))


def entries_at(leaves: Iterable[str]) -> dict[str, Entry]:
    """Return the entries of these leaves by leaf, in one query: at most a few hundred."""
    return Entry.objects.in_bulk([leaf for leaf in leaves if leaf])


def by_leaf(entries: Iterable[Entry], rows: QuerySet[Row], field: str = LEAF) -> dict[str, Row]:
    """Return the rows that name these entries in a field, by leaf."""
    leaves = [entry.leaf for entry in entries]
    return {getattr(row, field): row for row in rows.filter(**{f"{field}__in": leaves})}


def with_entries(
    rows: QuerySet[Row], field: str = LEAF, *, at_once: int = 200
) -> Iterator[tuple[Row, Entry | None]]:
    """Go through rows a few hundred at a time, each with the entry that it names in a field."""
    rows = rows.order_by("pk")
    last: Any = None
    while some := list((rows.filter(pk__gt=last) if last else rows)[:at_once]):
        last = some[-1].pk
        entries = entries_at(getattr(row, field) for row in some)
        for row in some:
            yield row, entries.get(getattr(row, field))


def named(entry: Entry, name: str) -> str:
    """
    Return the leaf of the entry that a statement names under `name`; "" where it names none.

    Statements from the record's beginnings name entries by their place.
    """
    value: Any = (entry.statement or {}).get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        found = Entry.objects.filter(index=value).values_list("leaf", flat=True).first()
        return found or ""
    return value if isinstance(value, str) else ""


def findings() -> Iterator[Finding]:
    """Return what every source finds, one source after another."""
    for kinds, check in _checks:
        yield from check(Entry.objects.filter(kind__in=kinds).all_in_lists())
