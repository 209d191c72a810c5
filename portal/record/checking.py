"""
The record checked from the inside: every leaf, node, published root, erasure, and every source.

Constant memory, whatever the record's size. Entries added meanwhile are left for the next time.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from portal.record import sources, tree
from portal.record.actions import ERASURE
from portal.record.digests import statement_hash
from portal.record.merkle import Edge, completes
from portal.record.models import HASH_BYTES, Checkpoint, Entry
from portal.record.sources import Finding

_CHUNK = 500


def findings() -> Iterator[Finding]:
    """Everything that is not as it was entered; nothing where all is well."""
    yield from _Walk(tree.size()).findings()
    yield from sources.findings()


class _Walk:
    """Once through the log, in order."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.edge = Edge()
        self.whole = True  # no leaf was missing up to here, so roots can be told
        self.day = date.min
        self.checkpoints = Checkpoint.objects.order_by("size", "id").iterator()
        self.next = next(self.checkpoints, None)

    def findings(self) -> Iterator[Finding]:
        yield from self._roots()
        for batch in Entry.objects.filter(index__lt=self.size).in_order(_CHUNK):
            tombstones = sources.entries_at({entry.erased_by for entry in batch})
            for entry in batch:
                yield from self._place(entry)
                yield from self._statement(entry)
                yield from self._erased(entry, tombstones)
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
        if self.edge.size < entry.index:
            before = entry.index - 1
            more = f", and all up to {before}" if before > self.edge.size else ""
            yield Finding(self.edge.size, f"is missing{more}.")
            self.whole = False
            self.edge = Edge(entry.index, [bytes(HASH_BYTES)] * entry.index.bit_count())
        if entry.day < self.day:
            yield Finding(entry.index, f"is of {entry.day}, after one of {self.day}.")
        self.day = max(self.day, entry.day)

    def _statement(self, entry: Entry) -> Iterator[Finding]:
        if entry.text is None or entry.salt is None:
            if entry.erased_by is None:
                yield Finding(entry.index, "says nothing, and was not erased.")
            return
        if statement_hash(bytes(entry.salt), entry.text) != bytes(entry.leaf_hash):
            yield Finding(entry.index, "does not state what its hash was made of.")
        elif (kind := (entry.statement or {}).get("kind")) != entry.kind:
            yield Finding(entry.index, f"is kept as {entry.kind}, and states {kind}.")

    def _erased(self, entry: Entry, tombstones: dict[int, Entry]) -> Iterator[Finding]:
        if entry.erased_by is None:
            return
        if entry.text is not None or entry.salt is not None:
            yield Finding(entry.index, "was erased, and still says something.")
        tombstone = tombstones.get(entry.erased_by)
        if tombstone is None or entry.index not in _erased_indexes(tombstone):
            yield Finding(entry.index, "was erased, and no entry says so.")

    def _nodes(self, entry: Entry) -> Iterator[Finding]:
        leaf, kept = bytes(entry.leaf_hash), bytes(entry.nodes)
        computed = b"".join(self.edge.add(leaf))
        if computed == kept or not self.whole:
            return
        levels = completes(entry.index)
        if len(kept) != levels * HASH_BYTES:
            yield Finding(entry.index, "does not keep the nodes that it completes.")
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
            if self.whole and bytes(published.root) != self.edge.root():
                yield Finding(
                    max(published.size - 1, 0),
                    f"or one before it does not fit the root published on {published.day} "
                    f"of {published.size} entries.",
                )


def _erases(tombstone: Entry) -> Iterator[Finding]:
    """What a note of an erasure names was erased by it."""
    for indexes in _chunks(_erased_indexes(tombstone)):
        erased = dict(Entry.objects.filter(index__in=indexes).values_list("index", "erased_by"))
        for index in indexes:
            if erased.get(index) != tombstone.index:
                yield Finding(index, f"was erased as entry {tombstone.index} says, and is not.")


def _erased_indexes(tombstone: Entry) -> Sequence[int]:
    named = (tombstone.statement or {}).get("erases")
    if tombstone.kind != ERASURE or not isinstance(named, list):
        return ()
    return [each for each in named if isinstance(each, int)]


def _chunks(indexes: Sequence[int]) -> Iterable[Sequence[int]]:
    return (indexes[start : start + _CHUNK] for start in range(0, len(indexes), _CHUNK))
