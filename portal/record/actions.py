"""
What can be done to the record: add to it, erase what an entry says, close and open entries, and
publish its root. All of it happens in the transaction of whoever calls.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

from portal.record import closing, merkle, tree
from portal.record.digests import canonical, new_salt, statement_hash
from portal.record.models import Checkpoint, Entry, Occasion

ERASURE = "record.erased"
# Who holds it numbers the next entry. Any number will do that nothing else in the portal locks.
LOCK = 0x7265636F7264

_LAST = 'SELECT "index", leaf_hash, nodes, day FROM record_entry ORDER BY "index" DESC LIMIT 1'
_ADD = (
    'INSERT INTO record_entry ("index", kind, text, salt, leaf_hash, nodes, day, public, erased_by)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, NULL)"
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

    The statement is kept with `kind` and `day` (the UTC day of the aware instant `at`) added where
    it does not have them itself. It holds text, whole numbers, lists and mappings, and no time of
    day. `public` entries are opened to everybody. A digest in the statement may share the leaf's
    salt: make it with `digests.new_salt()`, and give it here.

    From here to the end of the transaction nobody else appends, so take the locks on rows that
    others also want before. Raises TypeError and ValueError as `digests.canonical`,
    TransactionManagementError outside a transaction.
    """
    day = at.astimezone(UTC).date()
    text = canonical({"kind": kind, "day": day.isoformat(), **statement})
    salt = salt or new_salt()
    leaf = statement_hash(salt, text)
    with connection.cursor() as cursor:
        _lock(cursor)
        # Two statements, by hand: posting a comment waits for them.
        cursor.execute(_LAST)
        last = cursor.fetchone()
        index = last[0] + 1 if last else 0
        if last:
            last_day = date.fromisoformat(str(last[3]))
            if last_day < day:
                _publish(Occasion.DAILY, "", index, last_day)
            day = max(day, last_day)  # a clock set back does not put days out of order
        nodes = _completed(index, leaf, last)
        cursor.execute(_ADD, [index, kind, text, salt, leaf, nodes, day.isoformat(), public])
    return Entry(
        index=index, kind=kind, text=text, salt=salt, leaf_hash=leaf, nodes=nodes, day=day,
        public=public,
    )  # fmt: skip


def erase(indexes: Sequence[int], *, at: datetime, statement: Mapping[str, Any]) -> Entry:
    """
    Forget what entries state, for good, and say so in an entry of its own, which is returned.

    `statement` says why; the indexes are added to it. Where one of the erased was not public, the
    entry about it is not either: nobody learns which hash was whose. Hashes stay, so the tree does.
    Raises ValueError where an index is unknown, erased already or itself tells of an erasure.
    """
    wanted = sorted(set(indexes))
    found = Entry.objects.filter(index__in=wanted, erased_by__isnull=True).exclude(kind=ERASURE)
    public = dict(found.values_list("index", "public"))
    if not wanted or sorted(public) != wanted:
        raise ValueError(f"Not all of {wanted} can be erased.")
    tombstone = append(
        kind=ERASURE,
        statement={**statement, "erases": wanted},
        public=all(public.values()),
        at=at,
    )
    found.filter(index__in=wanted).update(text=None, salt=None, erased_by=tombstone.index)
    return tombstone


def conceal(indexes: Sequence[int]) -> None:
    """Open these entries to nobody from now on; their hashes stay in the tree."""
    Entry.objects.filter(index__in=indexes).update(public=False)


def reveal(indexes: Sequence[int]) -> None:
    """Undo `conceal`; never for an entry that was not public to begin with."""
    Entry.objects.filter(index__in=indexes, erased_by__isnull=True).update(public=True)


def publish_roots(*, at: datetime) -> list[Checkpoint]:
    """
    Publish the root as it stands, and one for each consultation that closed without any.

    Returns the new checkpoints; none where the record has not grown and nothing closed. Raises
    TransactionManagementError outside a transaction.
    """
    with connection.cursor() as cursor:
        _lock(cursor)
    day, size, made = at.astimezone(UTC).date(), tree.size(), []
    if size:
        made.append(_publish(Occasion.DAILY, "", size, day))
    known = set(
        Checkpoint.objects.filter(occasion=Occasion.CLOSING).values_list("subject", flat=True)
    )
    for docket, closed_day in closing.closed():
        if docket not in known:
            stood = Entry.objects.day_ended_at(closed_day)
            made.append(_publish(Occasion.CLOSING, docket, stood, closed_day))
    return [each for each in made if each is not None]


def publish_export(size: int, root: bytes, *, at: datetime) -> None:
    """Keep the root that an export was made under, so that the portal is held to it."""
    Checkpoint.objects.get_or_create(
        occasion=Occasion.EXPORT,
        subject="",
        size=size,
        defaults={"root": root, "day": at.astimezone(UTC).date()},
    )


def _publish(occasion: Occasion, subject: str, size: int, day: date) -> Checkpoint | None:
    """The new checkpoint; None where it exists already. A daily one says nothing new of a size."""
    checkpoint, made = Checkpoint.objects.get_or_create(
        occasion=occasion,
        subject=subject,
        size=size,
        defaults={"root": tree.root(size), "day": day},
    )
    return checkpoint if made else None


def _lock(cursor: Any) -> None:
    """Until the transaction ends, nobody else appends. SQLite's writer is alone already."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("The record is written in the transaction of an act.")
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _completed(index: int, leaf: bytes, last: tuple[Any, ...] | None) -> bytes:
    """The nodes that a leaf completes; most need the entry before it at most."""
    wanted = merkle.lefts(index)
    if not wanted or last is None:
        return b""
    hashes = [tree.kept_hash(0, last[1], last[2])]
    if len(wanted) > 1:
        above = tree.read(wanted[1:])
        hashes += [above[node] for node in wanted[1:]]
    completed = []
    for left in hashes:
        leaf = merkle.node_hash(left, leaf)
        completed.append(leaf)
    return b"".join(completed)
