#!/usr/bin/env python3
"""
Check the public record of Code in Practice. Needs Python 3.8 or newer, and no network.

  python verify.py DIR                         an export: every entry and every published root
  python verify.py --receipt receipt.json      a receipt: its proof leads to the root it names
  python verify.py DIR --receipt receipt.json  both, and that the receipt's entry is in the export
  ... --receipt receipt.json --answers answers.json   also: these answers are what was entered

Ends with 0 where all of it holds, 1 where something does not, 2 where something cannot be read.

The record is a Merkle tree after RFC 9162. A leaf is SHA-256 over a zero byte, 32 random bytes (the
salt) and the statement as canonical JSON; a node is SHA-256 over a one byte and its two halves. An
entry that is not public shows its leaf alone. A receipt opens one entry for whoever holds it.
"""

import argparse
import json
import sys
from functools import reduce
from hashlib import sha256
from pathlib import Path


class Wrong(Exception):  # noqa: N818
    """Something does not match."""


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf_of(opened):
    """The leaf of a statement and its salt."""
    salt = bytes.fromhex(opened["salt"])
    return sha256(b"\x00" + salt + canonical(opened["statement"])).digest()


def node(left, right):
    return sha256(b"\x01" + left + right).digest()


def climb(leaf, index, size, proof):
    """The root that a proof leads to; a tree splits at the largest power of two below its size."""
    if not 0 <= index < size or (size > 1) != bool(proof):
        raise Wrong("The receipt does not hold: its proof does not fit its place in the tree.")
    if size == 1:
        return leaf
    half = 1 << ((size - 1).bit_length() - 1)
    if index < half:
        return node(climb(leaf, index, half, proof[:-1]), proof[-1])
    return node(proof[-1], climb(leaf, index - half, size - half, proof[:-1]))


def check_receipt(receipt, answers):
    """Check a receipt by itself, and the answers if there are any."""
    proof = [bytes.fromhex(each) for each in receipt["proof"]]
    root = climb(leaf_of(receipt), receipt["index"], receipt["tree_size"], proof)
    if root.hex() != receipt["root"]:
        raise Wrong("The receipt does not hold: its proof does not lead to the root it names.")
    print(f"Receipt: entry {receipt['index']} stands in the tree of {receipt['tree_size']} entries")
    print(f"  with the root {receipt['root']}")
    if answers:
        salt = bytes.fromhex(answers["salt"])
        digest = sha256(salt + canonical(answers["content"])).hexdigest()
        if digest != receipt["statement"].get("content_digest"):
            raise Wrong("The answers are not those that the receipt speaks of.")
        print("Answers: they are what was entered, to the letter.")


def check_leaf(line, number):
    """The leaf that a line of an export holds, and the root of the tree after it."""
    try:
        entry = json.loads(line)
        index, leaf, root = entry["index"], bytes.fromhex(entry["leaf"]), entry["root"]
        opened = leaf_of(entry) if "statement" in entry else leaf
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Wrong(f"Leaf {number} cannot be read.") from None
    if index != number:
        raise Wrong(f"Leaf {number} is missing: leaf {index} stands in its place.")
    if opened != leaf:
        raise Wrong(f"Leaf {number} is wrong: its statement does not give its hash.")
    return leaf, root


def check_export(directory, receipt):
    """Check the leaves in order, then the published roots, then whether a receipt's is there."""
    published = sorted(read(directory / "checkpoints.json")["checkpoints"], key=lambda c: c["size"])
    wanted = {each["size"] for each in published} | {receipt["tree_size"] if receipt else 0}
    roots, held = {0: sha256().hexdigest()}, None  # the root of each size that is asked for
    peaks = []  # type: list[bytes]  # the complete subtrees of the tree, the largest first
    size, root, good = 0, roots[0], 0
    with open(directory / "leaves.jsonl", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            leaf, root = check_leaf(line, size)
            held = leaf if receipt and receipt["index"] == size else held
            for _ in range(((size + 1) & ~size).bit_length() - 1):
                leaf = node(peaks.pop(), leaf)
            peaks.append(leaf)
            if reduce(lambda right, left: node(left, right), reversed(peaks)).hex() != root:
                raise Wrong(f"Leaf {size} is wrong: with it, the tree has not the root it had.")
            size += 1
            if size in wanted:
                roots[size] = root
    for each in published:
        if each["size"] > size:
            raise Wrong(f"Leaf {size} is missing: the record had {each['size']} entries.")
        if roots[each["size"]] != each["root"]:
            where = f"look at leaves {good} to {each['size'] - 1}, and at the root itself"
            raise Wrong(f"The root of {each['size']} entries does not match: {where}.")
        good = each["size"]
    print(f"Export: {size} entries and {len(published)} published roots hold. Last root:\n  {root}")
    if receipt and receipt["index"] >= size:
        print("Receipt: its entry is newer than this export, so it proves nothing here.")
    elif receipt:
        root = roots.get(receipt["tree_size"], receipt["root"])  # its tree may be a later one
        if held != leaf_of(receipt) or root != receipt["root"]:
            raise Wrong("The receipt holds by itself, but in another tree than this export's.")
        print(f"Receipt: its entry is leaf {receipt['index']} of this export.")


def main():
    parser = argparse.ArgumentParser(description="Check an export or a receipt of the record.")
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--receipt", type=Path)
    parser.add_argument("--answers", type=Path, help="needs --receipt")
    given = parser.parse_args()
    if not (given.directory or given.receipt) or (given.answers and not given.receipt):
        parser.error("name an export, or a receipt")
    try:
        receipt = read(given.receipt) if given.receipt else None
        if given.receipt:
            check_receipt(receipt, read(given.answers) if given.answers else None)
        if given.directory:
            check_export(given.directory, receipt)
    except Wrong as wrong:
        print(wrong)
        return 1
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as why:
        print(f"Cannot be read: {type(why).__name__}: {why}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
