"""
What can be done to the record: add to it, erase what an entry says, close and open entries.

All of it happens in the transaction of whoever calls, and waits for nobody.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

from portal.record.hashing import canonical, new_salt, statement_hash
from portal.record.models import Entry

ERASURE = "record.erased"

_ADD = (
    "INSERT INTO record_entry (leaf, kind, text, salt, nodes, day, public, erased_by)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, '')"
)
# SQLite numbers rows in the order in which they come, unless it is told a number: then what waits
# lies in an order of chance, before all that has its place.
_ADD_ANYWHERE = (
    "INSERT INTO record_entry (leaf, kind, text, salt, nodes, day, public, erased_by, rowid)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, '', -abs(random() / 2))"
)


def append(
    *,
    kind: str,
    statement: Mapping[str, Any],
    public: bool,
    at: datetime,
    salt: bytes | None = None,
) -> Entry:
    """
    Add an entry, inside the caller's transaction; it stands or falls with it.

    It waits for its place until the UTC day of the aware instant `at` has ended. What depends on
    the order of acts within a day is to be stated: by a number, or by the leaf that it follows.

    The statement is kept with `kind` and `day` added where it does not have them itself. It holds
    text, whole numbers, lists and mappings, and no time of day. `public` entries are opened to
    everybody when they have their place. A digest in the statement may share the leaf's salt: make
    it with `hashing.new_salt()`, and give it here. Raises TypeError and ValueError as
    `hashing.canonical`, TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("The record is written in the transaction of an act.")
    day = at.astimezone(UTC).date()
    text = canonical({"kind": kind, "day": day.isoformat(), **statement})
    salt = salt or new_salt()
    leaf = statement_hash(salt, text).hex()
    with connection.cursor() as cursor:
        # By hand: posting a comment waits for it.
        add = _ADD_ANYWHERE if connection.vendor == "sqlite" else _ADD
        cursor.execute(add, [leaf, kind, text, salt, b"", day.isoformat(), public])
    return Entry(leaf=leaf, kind=kind, text=text, salt=salt, day=day, public=public)


def erase(leaves: Iterable[str], *, at: datetime, statement: Mapping[str, Any]) -> Entry:
    """
    Forget what entries state, for good and at once; the entry that says so is returned.

    `statement` says why; the leaves are added to it. Where one of the erased was not public, the
    entry about it is not either: nobody learns which hash was whose. Hashes stay, so the tree does.
    Raises ValueError where a leaf is unknown, erased already or itself tells of an erasure.
    """
    wanted = sorted(set(leaves))
    found = Entry.objects.filter(leaf__in=wanted, erased_by="").exclude(kind=ERASURE)
    public = dict(found.values_list("leaf", "public"))
    if not wanted or sorted(public) != wanted:
        raise ValueError(f"Not all of {wanted} can be erased.")
    tombstone = append(
        kind=ERASURE,
        statement={**statement, "erases": wanted},
        public=all(public.values()),
        at=at,
    )
    _change(wanted, text=None, salt=None, erased_by=tombstone.leaf)
    return tombstone


def conceal(leaves: Iterable[str]) -> None:
    """Open these entries to nobody from now on; their hashes stay in the tree."""
    _change(leaves, public=False)


def reveal(leaves: Iterable[str]) -> None:
    """Undo `conceal`; never for an entry that was not public to begin with, nor an erased one."""
    standing = Entry.objects.filter(leaf__in=list(leaves), erased_by="")
    _change(standing.values_list("leaf", flat=True), public=True)


def _change(leaves: Iterable[str], **columns: Any) -> None:
    """
    Change entries, wherever they are.

    On PostgreSQL one that is given its place at this moment is written anew, and a statement that
    waited for that finds the row gone: the next one finds it again.
    """
    wanted = set(leaves)
    entries = Entry.objects.filter(leaf__in=wanted)
    if entries.update(**columns) < len(wanted):
        entries.update(**columns)
