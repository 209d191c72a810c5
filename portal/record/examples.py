"""
The worked example of FORMAT.txt: a record of three entries, made by the code that it explains.

Its key and its random numbers are no secrets: they are the same everywhere, so that whoever writes
a verifier finds every byte again.
"""

import json
from collections.abc import Iterable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.record import checkpoints, keys, merkle, public, receipts
from portal.record.hashing import canonical, content_digest, statement_hash
from portal.record.merkle import Edge, Node

PORTAL = "https://portal.example"
DAY, BY = "2026-11-24", "2026-11-25"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = SECRET.public_key().public_bytes_raw().hex()
SALTS = [bytes([number]) * 32 for number in (1, 2, 3)]
CONTENT_SALT = bytes([4]) * 32
ANSWERS = {"answers": {"q1": {"value": 'Où ça ?\n"😀"\u0007'}}, "version": 1}
COMMENT = {"body": "A first word."}


def statements() -> list[dict[str, Any]]:
    """Return what the three entries state; the second is opened to nobody."""
    return [
        {"kind": "record.key", "day": DAY, "key": KEY},
        {
            "kind": "response.submitted",
            "day": DAY,
            "reference": "EX-2026-1-0001",
            "content_digest": content_digest(CONTENT_SALT, ANSWERS),
        },
        {
            "kind": "comment.posted",
            "day": DAY,
            "comment": 7,
            "parent": None,
            "official": False,
            "content_digest": content_digest(SALTS[2], COMMENT),
        },
    ]


def leaves() -> list[bytes]:
    """Return the leaves of the three entries, in their order."""
    pairs = zip(SALTS, statements(), strict=True)
    return [statement_hash(salt, canonical(stated)) for salt, stated in pairs]


def files() -> dict[str, Any]:
    """Return the example's files by name, as the portal would hand them out."""
    edge, lines, roots = Edge(), [], []
    for index, (salt, stated, leaf) in enumerate(zip(SALTS, statements(), leaves(), strict=True)):
        edge.add(leaf)
        roots.append(edge.root().hex())
        line: dict[str, Any] = {"index": index, "leaf": leaf.hex(), "root": roots[-1]}
        if index != 1:
            line |= {"salt": salt.hex(), "statement": stated}
        lines.append(line)
    daily = {"size": 3, "root": roots[2], "day": DAY, "occasion": "daily", "subject": ""}
    head = {
        "format": public.FORMAT,
        "portal": PORTAL,
        "size": 3,
        "root": roots[2],
        "checkpoints": [_signed(checkpoints.FORMAT, daily)],
        "keys": [KEY],
    }
    sealed, posted = leaves()[1].hex(), leaves()[2].hex()
    promise = receipts.promise(PORTAL, sealed, BY)
    return {
        "leaves.jsonl": lines,
        "checkpoints.json": _signed(public.FORMAT, head),
        "receipt.json": {
            "format": receipts.FORMAT,
            "portal": PORTAL,
            "statement": statements()[1],
            "salt": SALTS[1].hex(),
            "leaf": sealed,
            "by": BY,
            "key": KEY,
            "signature": SECRET.sign(promise).hex(),
        },
        "answers.json": {"salt": CONTENT_SALT.hex(), "content": ANSWERS},
        "proof.json": {
            "format": receipts.PROOF_FORMAT,
            "leaf": sealed,
            "index": 1,
            "tree_size": 3,
            "root": roots[2],
            "proof": _hex(merkle.inclusion_proof(1, 3, _read)),
        },
        "consistency.json": {
            "format": receipts.CONSISTENCY_FORMAT,
            "first": 2,
            "second": 3,
            "first_root": roots[1],
            "second_root": roots[2],
            "proof": _hex(merkle.consistency_proof(2, 3, _read)),
        },
        "7.json": {
            "format": public.PUBLIC_FORMAT,
            "portal": PORTAL,
            "leaf": posted,
            "statement": statements()[2],
            "salt": SALTS[2].hex(),
            "content": COMMENT,
        },
    }


def written_out() -> str:
    """Return the example as text: its files, and between them the bytes that are hashed."""
    made = files()
    first, second, third = leaves()
    _, of_two, of_three = (line["root"] for line in made["leaves.jsonl"])
    stated = canonical(statements()[1]).encode()
    promise = receipts.promise(PORTAL, second.hex(), BY)
    parts = [
        "The secret key is the 32 bytes 00 01 02 … 1f; the salts are 32 times 01, 02 and 03, that",
        "of the answers 32 times 04. Entry 1 is a submission: the export shows its leaf alone.",
        "",
        "public key  " + KEY,
        "",
        "Entry 1, canonical JSON, as text and as bytes:",
        stated.decode(),
        *_rows(stated),
        f"leaf 0 = {first.hex()}",
        f"leaf 1 = SHA-256( 00 · salt · those bytes )\n       = {second.hex()}",
        f"leaf 2 = {third.hex()}",
        f"root of 2 = SHA-256( 01 · leaf 0 · leaf 1 )\n          = {of_two}",
        f"root of 3 = SHA-256( 01 · root of 2 · leaf 2 )\n          = {of_three}",
        "",
        "The answers, canonical JSON, as text and as bytes; SHA-256( salt · bytes ) is the digest:",
        canonical(ANSWERS),
        *_rows(canonical(ANSWERS).encode()),
        statements()[1]["content_digest"],
        "",
        "What the receipt's signature is over, as text and as bytes:",
        promise.decode(),
        *_rows(promise),
        "",
        "leaves.jsonl:",
        *(_line(line) for line in made["leaves.jsonl"]),
    ]
    for name in list(made)[1:]:
        parts += ["", f"{name}:", _line(made[name])]
    return "\n".join(parts)


def _signed(kind: str, stated: dict[str, Any]) -> dict[str, Any]:
    whole = {**stated, "key": KEY}
    return {**whole, "signature": SECRET.sign(keys.message(kind, whole)).hex()}


def _read(nodes: Iterable[Node]) -> dict[Node, bytes]:
    """Return the complete nodes of a tree of three: its leaves, and the one over the first two."""
    first, second, third = leaves()
    known = {
        Node(0, 0): first,
        Node(0, 1): second,
        Node(0, 2): third,
        Node(1, 0): merkle.node_hash(first, second),
    }
    return {node: known[node] for node in nodes}


def _hex(hashes: list[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


def _rows(data: bytes) -> list[str]:
    return [f"  {data[start : start + 32].hex(' ')}" for start in range(0, len(data), 32)]


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
