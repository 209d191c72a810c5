"""
The Merkle tree of RFC 9162, section 2.1, as pure functions over SHA-256.

A *node* is named by `(level, position)` and covers the leaves from `position << level` to
`(position + 1) << level`, all of them there; level 0 is the leaves themselves. Everything else of a
tree (its root, the ragged right edge, proofs) is computed from such complete nodes, which never
change once they exist. So a log that keeps them reads a few rows for a proof, and never rebuilds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple


class Node(NamedTuple):
    """A complete subtree: 2**level leaves."""

    level: int
    position: int


Hashes = Mapping[Node, bytes]
Read = Callable[[Iterable[Node]], Hashes]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf that holds `data`."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two halves."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the root over consecutive subtrees, the largest first; EMPTY_ROOT over none."""
    if not hashes:
        return EMPTY_ROOT
    *lefts, result = hashes
    for left in reversed(lefts):
        result = node_hash(left, result)
    return result


class Edge:
    """The right edge of a growing tree: the roots of its complete subtrees, the largest first."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """`peaks` are the hashes of `nodes_of(0, size)`."""
        self.size = size
        self.peaks = list(peaks)

    def add(self, leaf: bytes) -> list[bytes]:
        """Take in the next leaf's hash; returns the nodes that it completes, lowest first."""
        completed = []
        for _ in range(completes(self.size)):
            leaf = node_hash(self.peaks.pop(), leaf)
            completed.append(leaf)
        self.peaks.append(leaf)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        return fold(self.peaks)


def completes(index: int) -> int:
    """Return how many nodes above the leaves are complete once leaf `index` is there."""
    return ((index + 1) & -(index + 1)).bit_length() - 1


def lefts(index: int) -> list[Node]:
    """Return the nodes that leaf `index` joins, one after another, to complete those above it."""
    return [Node(level, (index >> level) - 1) for level in range(completes(index))]


def nodes_of(start: int, end: int) -> list[Node]:
    """
    List the complete nodes of the subtree over leaves `start` to `end`, largest first.

    `start` is where RFC 9162 may split a tree, or 0.
    """
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return nodes


def root(size: int, read: Read) -> bytes:
    """Return the root of the tree of the first `size` leaves."""
    return _hashes([(0, size)], read)[0] if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: Read) -> list[bytes]:
    """Prove that leaf `index` is in the tree of `size` leaves. Raises ValueError if not."""
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} in a tree of {size}.")
    return _hashes(_inclusion_path(index, 0, size), read)


def consistency_proof(first: int, second: int, read: Read) -> list[bytes]:
    """Prove that the tree of `first` leaves begins that of `second`; empty if it is bare."""
    if not 0 <= first <= second:
        raise ValueError(f"A tree of {first} leaves does not begin one of {second}.")
    if first in (0, second):
        return []
    return _hashes(_consistency_path(first, 0, second, whole=True), read)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether `proof` shows that `leaf` stands at `index` under `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, result = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            result = node_hash(each, result)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, each)
        node, last = node >> 1, last >> 1
    return last == 0 and result == root


def verify_consistency(
    first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether the tree under `second_root` begins with the first's (RFC 9162, 2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first in (0, second):
        same = first_root == (second_root if first else EMPTY_ROOT)
        return not proof and same
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, each)
        node, last = node >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


Range = tuple[int, int]


def _split(start: int, end: int) -> int:
    """Return where a tree of two leaves or more divides: after the largest lesser power of two."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _inclusion_path(index: int, start: int, end: int) -> list[Range]:
    path: list[Range] = []
    while end - start > 1:
        middle = _split(start, end)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def _consistency_path(first: int, start: int, end: int, *, whole: bool) -> list[Range]:
    """`whole`: the older tree is still the left side of all that was passed, so it is known."""
    path: list[Range] = []
    while first != end:
        middle = _split(start, end)
        if first <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start, whole = middle, False
    if not whole:
        path.append((start, end))
    return path[::-1]


def _hashes(ranges: Sequence[Range], read: Read) -> list[bytes]:
    parts = [nodes_of(*each) for each in ranges]
    hashes = read([node for part in parts for node in part])
    return [fold([hashes[node] for node in part]) for part in parts]
