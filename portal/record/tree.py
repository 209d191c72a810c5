"""The record's tree as the database keeps it: nodes, roots and proofs, in a query or two."""

from collections.abc import Iterable

from portal.record import merkle
from portal.record.merkle import Edge, Node
from portal.record.models import HASH_BYTES, Entry


def size() -> int:
    """Return how many entries have their place: those of days that have ended."""
    last = Entry.objects.placed().order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def root(size: int) -> bytes:
    """Return the root of the first `size` entries. Raises KeyError where there are not so many."""
    return merkle.root(size, read)


def edge() -> Edge:
    """Return the right edge of the tree as it stands, to go on from."""
    stands = size()
    nodes = merkle.nodes_of(0, stands)
    hashes = read(nodes)
    return Edge(stands, [hashes[node] for node in nodes])


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """See `merkle.inclusion_proof`; raises KeyError where the record is smaller than `size`."""
    return merkle.inclusion_proof(index, size, read)


def consistency_proof(first: int, second: int) -> list[bytes]:
    """See `merkle.consistency_proof`; raises KeyError where the record is smaller."""
    return merkle.consistency_proof(first, second, read)


def row_of(node: Node) -> int:
    """Return the index of the entry that keeps a node's hash: the last leaf that it covers."""
    return ((node.position + 1) << node.level) - 1


def kept_hash(level: int, leaf_hash: bytes, nodes: bytes) -> bytes:
    """Return the hash of the node of `level` that a row with these columns keeps."""
    if level == 0:
        return leaf_hash
    return bytes(nodes[(level - 1) * HASH_BYTES : level * HASH_BYTES])


def read(nodes: Iterable[Node]) -> dict[Node, bytes]:
    """Return the hashes of complete nodes, in one quick query: a proof in any tree needs few."""
    wanted = list(nodes)
    if not wanted:
        return {}
    found = Entry.objects.filter(index__in={row_of(node) for node in wanted})
    rows = {
        index: (bytes.fromhex(leaf), bytes(above))
        for index, leaf, above in found.values_list("index", "leaf", "nodes")
    }
    return {node: kept_hash(node.level, *rows[row_of(node)]) for node in wanted}
