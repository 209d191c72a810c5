"""
Places in the tree, given once for each UTC day that has ended, in an order that chance decides.

Until then an entry is a row without a place, of which nothing public can be told. So the record
tells the day of what it holds and nothing closer: neither how much came in since this morning nor
what came before what. A row that is committed after its day was done waits for the next day's
batch; on its own it would tell when it came.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from portal.record import checkpoints, closings, keys, tree
from portal.record.actions import append
from portal.record.merkle import Edge
from portal.record.models import Checkpoint, Entry, Occasion, SigningKey

# Who holds it gives places. Any number will do that nothing else in the portal locks.
LOCK = 0x7265636F7264
BATCH = 500
CHANCE = secrets.SystemRandom()


def publish_roots(*, at: datetime) -> list[Checkpoint]:
    """
    Give the entries of days that ended before the aware instant `at` their places.

    Publishes a root for each such day, one after another, and one for each consultation that
    closed on one. Returns the new checkpoints; none where all of it was done. Raises
    TransactionManagementError outside a transaction.
    """
    _lock()
    ended = at.astimezone(UTC).date() - timedelta(days=1)
    return [*_place_days_until(ended), *_publish_closings()]


def publish_due(*, stopped: Callable[[], bool]) -> None:
    """Do what `publish_roots` does where a day has ended; for a thread that looks every minute."""
    now = timezone.now()
    if not stopped() and _is_due(now.astimezone(UTC).date() - timedelta(days=1)):
        with transaction.atomic():
            publish_roots(at=now)


def _is_due(ended: date) -> bool:
    last = Checkpoint.objects.last_day()
    return last is None or last < ended


def _place_days_until(ended: date) -> list[Checkpoint]:
    if not _is_due(ended):
        return []
    days = _days_until(ended)
    if not days:
        return []
    _enter_keys(days[0])
    edge = tree.edge()
    made = []
    for day in days:
        _place(day, edge)
        made.append(checkpoints.publish(Occasion.DAILY, size=edge.size, root=edge.root(), day=day))
    return made


def _days_until(ended: date) -> list[date]:
    """List the days to be done: those with entries, and the last, to know that it is done."""
    last = Checkpoint.objects.last_day()
    first = date.min if last is None else last + timedelta(days=1)
    # Entries once had their places at once: such a day is done when it has ended, none before it.
    placed = Entry.objects.placed().order_by("-index").values_list("day", flat=True).first()
    first = max(first, placed or first)
    waiting = Entry.objects.waiting().filter(day__lte=ended)
    days = {max(day, first) for day in waiting.values_list("day", flat=True).distinct()}
    return sorted(day for day in {*days, ended} if first <= day <= ended)


def _place(day: date, edge: Edge) -> None:
    """Have everything that waits since `day` or longer follow each other in the tree, at random."""
    waiting = Entry.objects.waiting().filter(day__lte=day).order_by("leaf")
    # What an act holds at this moment waits for the next day: nobody is to wait for each other.
    held = waiting.select_for_update(skip_locked=True)
    leaves = list(held.values_list("leaf", flat=True))
    CHANCE.shuffle(leaves)
    for start in range(0, len(leaves), BATCH):
        chunk = leaves[start : start + BATCH]
        rows = Entry.objects.in_bulk(chunk)
        # Written anew, so that no database keeps them in the order in which they came.
        Entry.objects.filter(leaf__in=chunk).delete()
        for leaf in chunk:
            row = rows[leaf]
            row.index, row.day = edge.size, day
            row.nodes = b"".join(edge.add(row.leaf_hash))
        Entry.objects.bulk_create(rows[leaf] for leaf in chunk)


def _publish_closings() -> list[Checkpoint]:
    """Publish the roots of consultations that closed on a finished day, each as that day ended."""
    last = Checkpoint.objects.last_day()
    closing = Checkpoint.objects.filter(occasion=Occasion.CLOSING)
    known = set(closing.values_list("subject", flat=True))
    made = []
    for docket, day in closings.closed():
        if docket not in known and last is not None and day <= last:
            size = Entry.objects.day_ended_at(day)
            made.append(
                checkpoints.publish(
                    Occasion.CLOSING, size=size, root=tree.root(size), day=day, subject=docket
                )
            )
    return made


def _enter_keys(day: date) -> None:
    """Enter the public halves of keys that receipts are signed with and the record has not yet."""
    known = set(SigningKey.objects.values_list("key", flat=True))
    for key in keys.in_use():
        if key not in known:
            noon = datetime.combine(day, time(12), UTC)
            entry = append(kind=keys.KIND, statement={"key": key}, public=True, at=noon)
            SigningKey.objects.create(key=key, record_leaf=entry.leaf)


def _lock() -> None:
    """Until the transaction ends, nobody else gives places. SQLite's writer is alone already."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("Places are given in a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
