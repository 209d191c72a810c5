"""The record's tree as the database keeps it: nodes, roots and proofs, in a query or two."""

from collections.abc import Iterable

from django.db import connection

from portal.record import merkle
from portal.record.merkle import Node
from portal.record.models import HASH_BYTES, Entry

_NODES = 'SELECT "index", leaf_hash, nodes FROM record_entry WHERE "index" IN ({})'


def size() -> int:
    """How many entries the record has."""
    last = Entry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def root(size: int) -> bytes:
    """The root of the first `size` entries. Raises KeyError where there are not so many."""
    return merkle.root(size, read)


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """See `merkle.inclusion_proof`; raises KeyError where the record is smaller than `size`."""
    return merkle.inclusion_proof(index, size, read)


def consistency_proof(first: int, second: int) -> list[bytes]:
    """See `merkle.consistency_proof`; raises KeyError where the record is smaller."""
    return merkle.consistency_proof(first, second, read)


def row_of(node: Node) -> int:
    """The index of the entry that keeps a node's hash: the last leaf that it covers."""
    return ((node.position + 1) << node.level) - 1


def kept_hash(level: int, leaf_hash: bytes, nodes: bytes) -> bytes:
    """The hash of the node of `level` that a row with these columns keeps."""
    if level == 0:
        return bytes(leaf_hash)
    return bytes(nodes[(level - 1) * HASH_BYTES : level * HASH_BYTES])


def read(nodes: Iterable[Node]) -> dict[Node, bytes]:
    """The hashes of complete nodes, in one quick query: a proof in any tree needs few."""
    wanted = list(nodes)
    if not wanted:
        return {}
    indexes = sorted({row_of(node) for node in wanted})
    places = ", ".join(["%s"] * len(indexes))
    with connection.cursor() as cursor:
        # By hand, since appending waits for it; nothing but places for values is put in.
        cursor.execute(_NODES.format(places), indexes)
        rows = {index: (leaf, above) for index, leaf, above in cursor.fetchall()}
    return {node: kept_hash(node.level, *rows[row_of(node)]) for node in wanted}
