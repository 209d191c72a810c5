"""The tree, against the vectors of Certificate Transparency and against the RFC's own words."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.record import merkle
from portal.record.merkle import Edge, Node

# The reference leaves of RFC 6962's first implementation, and the root of each beginning of them.
LEAVES = [
    merkle.leaf_hash(bytes.fromhex(data))
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


class Kept:
    """A tree as the database keeps it: each leaf with the nodes that it completed."""

    def __init__(self, leaves):
        self.hashes = {}
        edge = Edge()
        for index, leaf in enumerate(leaves):
            self.hashes[Node(0, index)] = leaf
            for level, each in enumerate(edge.add(leaf), start=1):
                self.hashes[Node(level, index >> level)] = each
        self.edge = edge

    def read(self, nodes):
        return {node: self.hashes[node] for node in nodes}


def recursive_root(leaves):
    """MTH of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + recursive_root(leaves[:k]) + recursive_root(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference(size):
    kept = Kept(LEAVES)
    assert merkle.root(size, kept.read).hex() == ROOTS[size]
    assert Kept(LEAVES[:size]).edge.root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_reference(index, size):
    proof = merkle.inclusion_proof(index, size, Kept(LEAVES).read)
    assert [each.hex() for each in proof] == INCLUSION[index, size]


@pytest.mark.parametrize(("first", "second"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_reference(first, second):
    proof = merkle.consistency_proof(first, second, Kept(LEAVES).read)
    assert [each.hex() for each in proof] == CONSISTENCY[first, second]


def some_leaves(size):
    return [merkle.leaf_hash(size.to_bytes(4, "big") + i.to_bytes(4, "big")) for i in range(size)]


@given(st.integers(1, 130), st.data())
def test_every_leaf_is_proved_and_nothing_else_is(size, data):
    leaves = some_leaves(size)
    kept = Kept(leaves)
    root = recursive_root(leaves)
    assert merkle.root(size, kept.read) == root
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, kept.read)
    assert merkle.verify_inclusion(leaves[index], index, size, proof, root)

    other = data.draw(st.integers(0, size + 5).filter(lambda each: each != index))
    assert not merkle.verify_inclusion(leaves[index], other, size, proof, root)
    assert not merkle.verify_inclusion(b"\0" * 32, index, size, proof, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, proof, b"\0" * 32)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*proof, root], root)
    if proof:
        assert not merkle.verify_inclusion(leaves[index], index, size, proof[:-1], root)
        at = data.draw(st.integers(0, len(proof) - 1))
        broken = [*proof[:at], merkle.leaf_hash(proof[at]), *proof[at + 1 :]]
        assert not merkle.verify_inclusion(leaves[index], index, size, broken, root)


@given(st.integers(0, 130), st.data())
def test_every_beginning_is_proved_and_nothing_else_is(second, data):
    first = data.draw(st.integers(0, second))
    leaves = some_leaves(second)
    kept = Kept(leaves)
    older, newer = recursive_root(leaves[:first]), recursive_root(leaves)
    proof = merkle.consistency_proof(first, second, kept.read)
    assert merkle.verify_consistency(first, second, older, newer, proof)

    assert not merkle.verify_consistency(first, second, b"\0" * 32, newer, proof)
    assert not merkle.verify_consistency(first, second, older, newer, [*proof, newer])
    assert not merkle.verify_consistency(second + 1, second, older, newer, proof)
    if proof:
        assert not merkle.verify_consistency(first, second, older, b"\0" * 32, proof)
        assert not merkle.verify_consistency(first, second, older, newer, proof[:-1])
        at = data.draw(st.integers(0, len(proof) - 1))
        broken = [*proof[:at], merkle.leaf_hash(proof[at]), *proof[at + 1 :]]
        assert not merkle.verify_consistency(first, second, older, newer, broken)


@given(st.integers(0, 200))
def test_an_edge_taken_up_again_goes_on_as_it_was(size):
    leaves = some_leaves(size + 3)
    kept = Kept(leaves)
    peaks = [kept.hashes[node] for node in merkle.nodes_of(0, size)]
    edge = Edge(size, peaks)
    for leaf in leaves[size:]:
        edge.add(leaf)
    assert edge.root() == recursive_root(leaves)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(index, size, Kept(LEAVES).read)


def test_no_proof_that_a_larger_tree_begins_a_smaller():
    with pytest.raises(ValueError, match="does not begin"):
        merkle.consistency_proof(5, 4, Kept(LEAVES).read)
