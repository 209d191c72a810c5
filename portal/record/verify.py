#!/usr/bin/env python3
"""
Check the public record of Code in Practice. Needs Python 3.8 or newer, and no network.

  python verify.py DIR                         an export: every entry and every published root
  python verify.py --receipt receipt.json      a receipt: what it promises or proves by itself
  python verify.py DIR --receipt receipt.json  both, and that the receipt's entry is in the export
  ... --receipt receipt.json --answers answers.json   also: these answers are what was entered
  ... --receipt receipt.json --proof proof.json       also: the place that was fetched for it

Ends with 0 where all of it holds, 1 where something does not, 2 where something cannot be read, and
3 where all holds but the export ends before the day by which the receipt's entry is promised.

The record is a Merkle tree after RFC 9162. A leaf is SHA-256 over a zero byte, 32 random bytes (the
salt) and the statement as canonical JSON; a node is SHA-256 over a one byte and its two halves. An
entry that is not public shows its leaf alone. A receipt opens one entry for whoever holds it, and
is signed (Ed25519, RFC 8032): if its leaf is missing when the promised day is over, the portal
broke its word, and the receipt with the export shows that. FORMAT.txt has all of it to the byte.
"""

import argparse
import json
import sys
from functools import reduce
from hashlib import sha256, sha512
from pathlib import Path

SIGNED = "code-in-practice/receipt/2"
NOT_YET = 3


class Wrong(Exception):  # noqa: N818
    """Something does not match."""


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# --- The tree


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


# --- Ed25519 signatures (RFC 8032, section 5.1). A point (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, P) % P


def add(one, other):
    """The sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0])
    b = (one[1] + one[0]) * (other[1] + other[0])
    c = 2 * one[3] * other[3] * CURVE
    d = 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    """A point added to itself so many times."""
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def point_of(encoded):
    """The point that 32 bytes stand for; ValueError where they stand for none."""
    y = int.from_bytes(encoded, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(encoded) != 32 or y >= P or (x * x - square) % P or (odd and not x):
        raise ValueError("this is no point")
    if x & 1 != odd:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key, signature, message):
    """Whether a signature over a message was made with the private half of a key."""
    try:
        public, nonce = point_of(key), point_of(signature[:32])
    except ValueError:
        return False
    number = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or number >= ORDER:
        return False
    digest = sha512(signature[:32] + key + message).digest()
    left = times(number, BASE)
    right = add(nonce, times(int.from_bytes(digest, "little") % ORDER, public))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


# --- Receipts


def check_receipt(receipt, answers):
    """Check a receipt by itself, and the answers if there are any."""
    if receipt.get("format") == SIGNED:
        check_promise(receipt)
    if receipt.get("format") != SIGNED or "proof" in receipt:
        check_place(receipt)
    if answers:
        salt = bytes.fromhex(answers["salt"])
        digest = sha256(salt + canonical(answers["content"])).hexdigest()
        if digest != receipt["statement"].get("content_digest"):
            raise Wrong("The answers are not those that the receipt speaks of.")
        print("Answers: they are what was entered, to the letter.")


def check_promise(receipt):
    """Check that what is promised belongs to the statement, and is signed with the key it names."""
    promise = {name: receipt[name] for name in ("portal", "leaf", "by")}
    if leaf_of(receipt).hex() != receipt["leaf"]:
        raise Wrong("The receipt does not hold: its statement and salt do not give its leaf.")
    key, signature = bytes.fromhex(receipt["key"]), bytes.fromhex(receipt["signature"])
    if not is_signed(key, signature, SIGNED.encode() + b"\n" + canonical(promise)):
        raise Wrong("The receipt does not hold: its signature is not over what it promises.")
    print(f"Receipt: {receipt['portal']} signed with the key\n  {receipt['key']}")
    print(f"  that the root of {receipt['by']}, or of the next day with a root, covers the leaf")
    print(f"  {receipt['leaf']}")


def check_place(receipt):
    """Check that a proof leads from the receipt's leaf to the root that is named with it."""
    proof = [bytes.fromhex(each) for each in receipt["proof"]]
    root = climb(leaf_of(receipt), receipt["index"], receipt["tree_size"], proof)
    if root.hex() != receipt["root"]:
        raise Wrong("The receipt does not hold: its proof does not lead to the root it names.")
    print(f"Receipt: entry {receipt['index']} stands in the tree of {receipt['tree_size']} entries")
    print(f"  with the root {receipt['root']}")


def with_proof(receipt, proof):
    """The receipt with the place that was fetched for it."""
    if proof["leaf"] != receipt.get("leaf"):
        raise Wrong("The proof is of another entry than the receipt.")
    return {**receipt, **{name: proof[name] for name in ("index", "tree_size", "root", "proof")}}


# --- An export


def check_leaf(line, number):
    """An entry of an export, and its leaf."""
    try:
        entry = json.loads(line)
        index, leaf, root = entry["index"], bytes.fromhex(entry["leaf"]), entry["root"]
        opened = leaf_of(entry) if "statement" in entry else leaf
        kind = entry["statement"].get("kind") if "statement" in entry else None
        key = entry["statement"]["key"] if kind == "record.key" else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Wrong(f"Leaf {number} cannot be read.") from None
    if index != number:
        raise Wrong(f"Leaf {number} is missing: leaf {index} stands in its place.")
    if opened != leaf:
        raise Wrong(f"Leaf {number} is wrong: its statement does not give its hash.")
    return leaf, root, key


def check_export(directory, receipt):
    """Check the leaves in order, then the published roots, then whether a receipt's is there."""
    told = read(directory / "checkpoints.json")
    published = sorted(told["checkpoints"], key=lambda c: c["size"])
    keys = set(told.get("keys", ()))  # and those that the leaves name
    asked = leaf_of(receipt) if receipt else None
    wanted = {each["size"] for each in published}
    wanted.add(receipt["tree_size"] if receipt and "proof" in receipt else 0)
    roots, places = {0: sha256().hexdigest()}, []  # the root of each size that is asked for
    peaks = []  # type: list[bytes]  # the complete subtrees of the tree, the largest first
    size, root, good = 0, roots[0], 0
    with open(directory / "leaves.jsonl", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            leaf, root, key = check_leaf(line, size)
            keys.add(key)
            places += [size] if leaf == asked else []
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
    if not receipt:
        return 0
    days = [each["day"] for each in published if each["occasion"] == "daily"]
    if "proof" in receipt:
        check_same_tree(receipt, size, roots, places)
    return check_covered(receipt, max(days, default=""), keys, places)


def check_same_tree(receipt, size, roots, places):
    """Check that the place that a receipt names is in this export's tree, as far as that goes."""
    root = roots.get(receipt["tree_size"], receipt["root"])  # its tree may be a later one
    if receipt["index"] < size and (receipt["index"] not in places or root != receipt["root"]):
        raise Wrong("The receipt holds by itself, but in another tree than this export's.")


def check_covered(receipt, last, keys, places):
    """Check that a receipt's entry is there, or need not be yet; `last` is the last day of all."""
    is_signed_one = receipt.get("format") == SIGNED
    is_due = is_signed_one and last >= receipt["by"]
    if is_signed_one and receipt["key"] not in keys and (is_due or places):
        raise Wrong(
            "The receipt is signed with a key that this record does not name: either the receipt\n"
            "is forged, or the portal hides its key. Compare with other copies of the record."
        )
    if places:
        print(f"Receipt: its entry is leaf {places[0]} of this export.")
        return 0
    if is_due:
        raise Wrong(
            "THE PORTAL BROKE ITS PROMISE: it signed that this entry would be in the record by\n"
            f"{receipt['by']}, and it is not. Keep the receipt and this export: they show it."
        )
    print(f"Receipt: not covered yet. This export ends with {last or 'no day'}; fetch a later one.")
    return NOT_YET


def main():
    parser = argparse.ArgumentParser(description="Check an export or a receipt of the record.")
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--receipt", type=Path)
    parser.add_argument("--answers", type=Path, help="needs --receipt")
    parser.add_argument("--proof", type=Path, help="needs --receipt")
    given = parser.parse_args()
    if not given.receipt and (not given.directory or given.answers or given.proof):
        parser.error("name an export, or a receipt")
    try:
        receipt = read(given.receipt) if given.receipt else None
        if given.receipt:
            receipt = with_proof(receipt, read(given.proof)) if given.proof else receipt
            check_receipt(receipt, read(given.answers) if given.answers else None)
        return check_export(given.directory, receipt) if given.directory else 0
    except Wrong as wrong:
        print(wrong)
        return 1
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as why:
        print(f"Cannot be read: {type(why).__name__}: {why}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
