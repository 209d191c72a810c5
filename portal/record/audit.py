"""
The record checked from the inside: every leaf, node, published root, erasure, and every source.

Constant memory, whatever the record's size. Entries added meanwhile are left for the next time.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from portal.record import audit_sources, checkpoints, keys, tree
from portal.record.actions import ERASURE
from portal.record.audit_sources import Finding, finding, register_source
from portal.record.hashing import statement_hash
from portal.record.keys import KIND
from portal.record.merkle import Edge, completes
from portal.record.models import HASH_BYTES, Checkpoint, Entry, SigningKey

_CHUNK = 500


def findings() -> Iterator[Finding]:
    """Return everything that is not as it was entered; nothing where all is well."""
    yield from _Walk(tree.size()).findings()
    yield from _waiting()
    yield from audit_sources.findings()


def register_keys() -> None:
    """Have the keys of receipts held against their entries."""
    register_source(KIND, _check_keys)


class _Walk:
    """One walk through the log, in order."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.edge = Edge()
        self.whole = True  # no leaf was missing up to here, so roots can be told
        self.day = date.min
        self.keys = set(keys.published())
        signed = Checkpoint.objects.exclude(signature="").order_by("pk")
        self.first_signed = signed.values_list("pk", flat=True).first()
        self.checkpoints = Checkpoint.objects.order_by("size", "id").iterator()
        self.next = next(self.checkpoints, None)

    def findings(self) -> Iterator[Finding]:
        yield from self._roots()
        for batch in Entry.objects.filter(index__lt=self.size).in_order(_CHUNK):
            tombstones = audit_sources.entries_at({entry.erased_by for entry in batch})
            for entry in batch:
                yield from self._place(entry)
                yield from _statement(entry)
                yield from _erased(entry, tombstones)
                yield from self._nodes(entry)
                yield from self._roots()
            for entry in batch:
                if entry.kind == ERASURE:
                    yield from _erases(entry)
        while self.next is not None:  # what is left speaks of more entries than there are
            yield Finding(
                self.size, f"is missing: a root of {self.next.size} entries was published."
            )
            self.next = next(self.checkpoints, None)

    def _place(self, entry: Entry) -> Iterator[Finding]:
        assert entry.index is not None
        if self.edge.size < entry.index:
            before = entry.index - 1
            more = f", and all up to {before}" if before > self.edge.size else ""
            yield Finding(self.edge.size, f"is missing{more}.")
            self.whole = False
            self.edge = Edge(entry.index, [bytes(HASH_BYTES)] * entry.index.bit_count())
        if entry.day < self.day:
            yield finding(entry, f"is of {entry.day}, after one of {self.day}.")
        self.day = max(self.day, entry.day)

    def _nodes(self, entry: Entry) -> Iterator[Finding]:
        assert entry.index is not None
        leaf, kept = entry.leaf_hash, bytes(entry.nodes)
        computed = b"".join(self.edge.add(leaf))
        if computed == kept or not self.whole:
            return
        levels = completes(entry.index)
        if len(kept) != levels * HASH_BYTES:
            yield finding(entry, "does not keep the nodes that it completes.")
            return
        wrong = next(
            level for level in range(levels)
            if tree.kept_hash(level + 1, leaf, kept) != tree.kept_hash(level + 1, leaf, computed)
        )  # fmt: skip
        first = entry.index + 1 - (2 << wrong)
        yield Finding(first, f"or another up to {entry.index} does not fit the node above them.")
        # Go on from what is kept, so that one wrong leaf is not told again at every node above it.
        self.edge.peaks[-1] = tree.kept_hash(levels, leaf, kept)

    def _roots(self) -> Iterator[Finding]:
        while self.next is not None and self.next.size <= self.edge.size:
            published, self.next = self.next, next(self.checkpoints, None)
            yield from self._signature(published)
            if self.whole and bytes(published.root) != self.edge.root():
                yield Finding(
                    max(published.size - 1, 0),
                    f"or one before it does not fit the root published on {published.day} "
                    f"of {published.size} entries.",
                )

    def _signature(self, published: Checkpoint) -> Iterator[Finding]:
        """Days, occasions and consultations stand in the signature alone; once, there was none."""
        root = f"The root of {published.size} entries published on {published.day}"
        if published.signature or published.key:
            if not checkpoints.is_as_signed(published, self.keys):
                yield Finding(None, f"{root} is not as it was signed.")
        elif self.first_signed is not None and published.pk > self.first_signed:
            yield Finding(None, f"{root} is not signed, as those before it are.")


def _waiting() -> Iterator[Finding]:
    """Check that what has no place yet states what its leaf was made of, and is not overdue."""
    done = Checkpoint.objects.last_day()
    last = ""
    rows = Entry.objects.waiting().order_by("leaf")
    while batch := list(rows.filter(leaf__gt=last)[:_CHUNK]):
        last = batch[-1].leaf
        tombstones = audit_sources.entries_at({entry.erased_by for entry in batch})
        for entry in batch:
            yield from _statement(entry)
            yield from _erased(entry, tombstones)
            if entry.kind == ERASURE:
                yield from _erases(entry)
            if done and entry.day + timedelta(days=1) <= done:
                yield finding(entry, f"waits since {entry.day}, though {done} has its root.")


def _statement(entry: Entry) -> Iterator[Finding]:
    if entry.text is None or entry.salt is None:
        if not entry.is_erased:
            yield finding(entry, "says nothing, and was not erased.")
        return
    if statement_hash(bytes(entry.salt), entry.text).hex() != entry.leaf:
        yield finding(entry, "does not state what its hash was made of.")
    elif (kind := (entry.statement or {}).get("kind")) != entry.kind:
        yield finding(entry, f"is kept as {entry.kind}, and states {kind}.")


def _erased(entry: Entry, tombstones: dict[str, Entry]) -> Iterator[Finding]:
    if not entry.is_erased:
        return
    if entry.text is not None or entry.salt is not None:
        yield finding(entry, "was erased, and still says something.")
    tombstone = tombstones.get(entry.erased_by)
    if tombstone is None or not _names(tombstone, entry):
        yield finding(entry, "was erased, and no entry says so.")


def _names(tombstone: Entry, entry: Entry) -> bool:
    """Say whether a note of an erasure names an entry: by its leaf, or as once by its place."""
    named = _named(tombstone)
    return entry.leaf in named or (entry.index is not None and entry.index in named)


def _named(tombstone: Entry) -> Sequence[str | int]:
    named = (tombstone.statement or {}).get("erases")
    if tombstone.kind != ERASURE or not isinstance(named, list):
        return ()
    return [each for each in named if isinstance(each, (str, int))]


def _erases(tombstone: Entry) -> Iterator[Finding]:
    """Check that what a note of an erasure names was erased by it."""
    for some in _chunks(_named(tombstone)):
        leaves = Entry.objects.filter(leaf__in=[each for each in some if isinstance(each, str)])
        places = Entry.objects.filter(index__in=[each for each in some if isinstance(each, int)])
        erased: dict[str | int | None, str] = dict(leaves.values_list("leaf", "erased_by"))
        erased.update(places.values_list("index", "erased_by"))
        for each in some:
            if erased.get(each) != tombstone.leaf:
                yield Finding(each, f"was erased as entry {tombstone.leaf} says, and is not.")


def _check_keys(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Check that the record has every key that receipts are accepted from, and no other."""
    kept = dict(SigningKey.objects.values_list("record_leaf", "key"))
    for batch in batches:
        for entry in batch:
            key = kept.pop(entry.leaf, None)
            if entry.is_erased or key is None or (entry.statement or {}).get("key") != key:
                yield finding(entry, "names a key of receipts that is not kept.")
    for leaf, key in kept.items():
        yield Finding(leaf, f"names no key, and receipts signed with {key} are accepted.")


def _chunks(each: Sequence[str | int]) -> Iterable[Sequence[str | int]]:
    return (each[start : start + _CHUNK] for start in range(0, len(each), _CHUNK))
