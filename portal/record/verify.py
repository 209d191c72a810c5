#!/usr/bin/env python3
"""
Check the public record of Code in Practice. Needs Python 3.8 or newer, and no network.

  python verify.py DIR            an export: its entries, its published roots, its signatures
    --other DIR                   another export shows the same record
    --receipt FILE                the export has the entry of a receipt, as was promised
    --answers FILE, --proof FILE  these answers, and this place, are the receipt's
    --public FILE...              what the portal shows is what was entered
    --consistency FILE            one size of the record begins another
    --key HEX                     this key, or another that is given so, has signed all of it
Without DIR, files are checked by themselves. Ends with 0: all of it holds; 1: something does not;
2: something cannot be read; 3: nothing is wrong, but the export DOES NOT COVER what is held, or no
entry names its key. That a key is the portal's, you see by comparing: give it, and others fail.
"""

import argparse
import json
import sys
from datetime import date, timedelta
from functools import reduce
from hashlib import sha256, sha512
from pathlib import Path

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519: RFC 8032, 5.1
CURVE, BASE = -121665 * pow(121666, -1, P) % P, (4 * pow(5, -1, P) % P).to_bytes(32, "little")
NAME, PLAIN = "code-in-practice/", (("daily", ""), ("export", ""))
FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, OverflowError)


class Wrong(ValueError): ...  # noqa: N818 - something does not match


def require(holds, why):
    if not holds:
        raise Wrong(why)


def once(pairs):
    fits = len(dict(pairs)) == len(pairs) and max("".join(dict(pairs)), default="") <= "\uffff"
    require(fits, "A name stands twice in an object, or has a sign beyond U+FFFF.")
    return dict(pairs)


def whole(digits):
    require(abs(int(digits)) < 2**53, f"{digits} is beyond 2**53.")  # int() refuses 1.0
    return int(digits)


HOOKS = {"parse_int": whole, "parse_float": whole, "parse_constant": whole}
as_day = date.fromisoformat
parse = json.JSONDecoder(object_pairs_hook=once, **HOOKS).decode  # type: ignore[arg-type]
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def read(path, *kinds):
    value = parse(path.read_text(encoding="utf-8"))
    require(not kinds or value["format"] in [NAME + each for each in kinds], f"No {kinds}: {path}")
    return value


def unhex(text, size=32):
    require(bytes.fromhex(text).hex() == text and len(text) == 2 * size, f"{text} is misshapen.")
    return bytes.fromhex(text)


def leaf_of(opened):
    return sha256(b"\0" + unhex(opened["salt"]) + canonical(opened["statement"]).encode()).digest()


def node(left, right):
    return sha256(b"\x01" + left + right).digest()


def climb(first, size, proof, base, is_leaf=False):  # the roots of the first leaves, and of all
    is_base = size == 1 if is_leaf else first == size
    fits = len(proof) + bool(base) == 1 if is_base else bool(proof)
    require(fits and 0 < first <= size, "A proof does not fit the place and size that it is about.")
    if is_base:
        return [base or proof[0]] * 2
    half = 1 << ((size - 1).bit_length() - 1)  # where a tree splits
    if first <= half:
        before, after = climb(first, half, proof[:-1], base, is_leaf)
        return [before, node(after, proof[-1])]
    found = climb(first - half, size - half, proof[:-1], is_leaf and base, is_leaf)
    return [node(proof[-1], each) for each in found]


def add(one, other):  # points (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z
    a, b = ((one[1] + sign * one[0]) * (other[1] + sign * other[0]) for sign in (-1, 1))
    c, d = 2 * one[3] * other[3] * CURVE, 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    twice = times(number >> 1, add(point, point)) if number else (0, 1, 1, 0)
    return add(twice, point) if number & 1 else twice


def point_of(encoded):
    odd, y = divmod(int.from_bytes(encoded, "little"), 2**255)
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    is_point = len(encoded) == 32 and y < P and (x * x - square) % P == 0 and (x or not odd)
    require(is_point, "This is no point.")
    x = x if x & 1 == odd else P - x
    return (x, y, 1, x * y % P)


def is_signed(key, signature, message):
    number = int.from_bytes(signature[32:], "little")
    digest = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little")
    try:
        right = add(point_of(signature[:32]), times(digest % ORDER, point_of(key)))
    except ValueError:
        return False
    left = times(number % ORDER, point_of(BASE))
    is_same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
    return is_same and len(signature) == 64 and number < ORDER


def check_signature(holder, kind, names):
    message = f"{NAME}{kind}\n{canonical({name: holder[name] for name in names})}".encode()
    holds = is_signed(unhex(holder["key"]), unhex(holder["signature"], 64), message)
    require(holds, f"A signature does not hold: the {kind} that it is over was changed.")


class Export:  # checked: its entries in their order, then what was published of them
    def __init__(self, directory):
        self.told = read(directory / "checkpoints.json", "record/2", "record/1")
        self.published = sorted(self.told["checkpoints"], key=lambda c: (c["size"], c["day"]))
        self.days = [c for c in self.published if c["occasion"] == "daily" and as_day(c["day"])]
        self.last = self.days[-1]["day"] if self.days else ""
        self.sizes = {(c["subject"], c["day"], c["size"], c["occasion"]) for c in self.published}
        self.leaves, self.named, self.used = [], set(), set()  # type: list, set, set
        self.roots, peaks = [sha256().hexdigest()], []  # type: list, list  # complete subtrees
        with open(directory / "leaves.jsonl", "rb") as lines:
            for at, line in enumerate(lines):
                peaks.append(self.check_entry(line, at))
                for _ in range(((at + 1) & ~at).bit_length() - 1):
                    peaks[-2:] = [node(*peaks[-2:])]
                root = reduce(lambda right, left: node(left, right), reversed(peaks)).hex()
                require(root == self.roots[-1], f"Leaf {at} is wrong: its tree has another root.")
        size, count = len({*self.leaves}), len(self.published)  # less, where a leaf stands twice
        self.check_published(size, 0)
        self.check_signatures({*self.told["keys"]}, self.told["format"] == NAME + "record/1")
        print(f"Export: {size} entries and {count} published roots hold. Last:\n  {self.roots[-1]}")

    def check_entry(self, line, number):
        try:
            entry = parse(line.decode())
            index, leaf, stated = entry["index"], unhex(entry["leaf"]), entry.get("statement")
            opened = leaf_of(entry) if stated and as_day(stated["day"]) else leaf
            self.named |= {stated["key"]} if stated and stated["kind"] == "record.key" else set()
            self.leaves.append(leaf)
            self.roots.append(entry["root"])
            require(len(entry) == (5 if stated else 3) and type(index) is int, "Misshapen.")
        except FAULTS:
            raise Wrong(f"Leaf {number} cannot be read.") from None
        require(index == number, f"Leaf {number} is missing: leaf {index} stands in its place.")
        require(opened == leaf, f"Leaf {number} is wrong: its statement does not give its hash.")
        return leaf

    def check_published(self, size, good):
        for each in [*self.published, self.told]:
            at = each["size"]
            require(0 <= at <= size, f"Leaf {size} is missing: the record had {at} entries.")
            hint = f"look at leaves {good} to {at - 1}, and at the root itself"
            require(self.roots[at] == each["root"], f"The root of {at} does not match: {hint}.")
            good = at
        require(good == size, f"Leaf {good} is one too many: checkpoints.json ends before it.")
        require(self.days == sorted(self.days, key=lambda c: c["day"]), "Its days are in disorder.")
        closed = {c["subject"] for c in self.published if c["occasion"] == "closing"} - {""}
        plain = [c for c in self.published if (c["occasion"], c["subject"]) in PLAIN]
        require(len(closed) + len(plain) == len(self.published), "An occasion or subject is wrong.")

    def check_signatures(self, told, is_older):
        signed = [c for c in (self.told, *self.published) if "key" in c or "signature" in c]
        self.keys, self.used = self.named if is_older else told, {each["key"] for each in signed}
        require(not signed if is_older else self.told in signed, "It has signatures in part.")
        for each in signed:
            kind = "record/2" if each is self.told else "checkpoint/1"
            check_signature(each, kind, {*each} - {"signature"})
        require(is_older or self.used | self.named <= told, "It leaves out a key that it has.")
        print("WEAKER: nothing binds its days and closings." if is_older else "It is signed.")

    def check_part(self, parts, at, part):
        is_so = parts.index(part) == at if part in parts else at >= len(parts)
        require(is_so, "It holds by itself, but in another tree than this export's.")

    def check_same(self, other):
        require(self.told["portal"] == other.told["portal"], "The exports are of two portals.")
        parts = [at for at, (a, b) in enumerate(zip(self.leaves, other.leaves)) if a != b]  # noqa: B905
        require(not parts, f"TWO RECORDS: they part at leaf {min(parts, default=0)}. Keep both.")
        both = {each[0] for each in self.sizes} & {each[0] for each in other.sizes}
        until = min(self.last, other.last)
        odd = [c for c in self.sizes ^ other.sizes if c[0] in both and (c[0] or c[1] <= until)]
        require(not odd, f"TWO RECORDS: the roots of {odd} differ. Keep both: they show it.")
        print("Both exports show the same record, as far as both go.")

    def covers(self, held, leaf, by, key):  # whether a root does; Wrong where one must and does not
        index = self.leaves.index(leaf) if leaf in self.leaves else 2**53
        due = [each for each in self.days if each["day"] >= by]
        require(held["portal"] == self.told["portal"], "It is of another portal than this export.")
        is_known = not key or key in self.keys or not (due or leaf in self.leaves)
        require(is_known, "No entry names the receipt's key: it is forged, or the portal hides it.")
        why = f"BROKE ITS PROMISE: the root of {due and due[0]['day']} does not cover {leaf.hex()}"
        require(not due or index < due[0]["size"], f"THE PORTAL {why}.\nKeep this and the export.")
        covered = index < max([0, *(each["size"] for each in self.published)])
        late = f"NOT COVERED yet: {self.last or 'no day'} is the last day of"
        print(f"Its entry is {f'leaf {index} of' if covered else late} this export.")
        return covered


def check_words(held, statement):
    digest = sha256(unhex(held["salt"]) + canonical(held["content"]).encode()).hexdigest()
    require(digest == statement.get("content_digest"), "These are not the words that were entered.")
    print("Words: they are what was entered, to the letter.")


def check_held(held, export, proofs=(), keys=()):  # returns whether the export, if any, covers it
    leaf, kind, stated = leaf_of(held), held["format"][len(NAME) :], held["statement"]
    belongs = (kind == "receipt/1" or held["leaf"] == leaf.hex()) and held["portal"]
    require(belongs, "It does not hold: its statement and salt do not give its leaf.")
    by, key = str(as_day(stated.get("entered", stated["day"])) + timedelta(days=1)), ""
    if kind == "receipt/2":
        check_signature(held, kind, ("portal", "leaf", "by"))
        require(held["by"] == str(as_day(held["by"])) <= by, f"It promises it later than by {by}.")
        by, key = held["by"], held["key"]
        require(not keys or key in keys, "Another key than was given has signed the receipt.")
        print(f"Receipt: {held['portal']} signed with the key\n  {key}")
        print(f"  that the first daily root since {by} covers the leaf\n  {leaf.hex()}")
    if kind == "public/1" and (held["content"] is not None or "content_digest" in stated):
        check_words(held, stated)
    for proof in [held, *proofs] if kind == "receipt/1" else proofs:
        path, index, size = [*map(unhex, proof["proof"])], proof["index"], proof["tree_size"]
        root = climb(index + 1, size, path, leaf, is_leaf=True)[1].hex()
        leads = root == proof["root"] and (proof is held or proof["leaf"] == leaf.hex())
        require(leads, "It does not hold: the proof does not lead from its leaf to the root.")
        print(f"Proof: entry {index} stands in the tree of {size} entries with the root\n  {root}")
        if export:
            export.check_part(export.roots, size, root)
            export.check_part(export.leaves, index, leaf)
    return not export or export.covers(held, leaf, by, key)


def check_consistency(proof, export):
    first, second, path = proof["first"], proof["second"], [*map(unhex, proof["proof"])]
    roots = [unhex(proof["first_root"]), unhex(proof["second_root"])]
    found = climb(first, second, path, roots[0]) if first or path else [sha256().digest(), roots[1]]
    require(found == roots, "A proof of consistency does not lead to the roots that it names.")
    print(f"Consistency: the record of {first} entries begins that of {second}.")
    for name in ("first", "second") if export else ():
        export.check_part(export.roots, proof[name], proof[f"{name}_root"])


def check(given):  # all that is given; is all of it covered?
    exports, keys = [Export(each) for each in (given.directory, given.other) if each], {*given.key}
    used = {key for each in exports for key in each.used}
    known = keys or {key for each in exports for key in each.named} or used
    for key in sorted(used):
        print("Signed with", key, "" if key in known else "NOT COVERED: newer, or not the portal's")
    require(not keys or used <= keys, "Another key than was given has signed.")
    export = exports[0] if exports and used <= known else None
    if given.other and used <= known:
        exports[0].check_same(exports[1])
    if given.consistency:
        check_consistency(read(given.consistency, "consistency/1"), export)
    covered = [check_held(read(each, "public/1"), export) for each in given.public]
    if given.receipt:
        receipt = read(given.receipt, "receipt/2", "receipt/1")
        proofs = [read(given.proof, "proof/1")] if given.proof else []
        covered.append(check_held(receipt, export, proofs, keys))
        if given.answers:
            check_words(read(given.answers), receipt["statement"])
    return used <= known and all(covered)


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Check the public record, and what it proves.")
    parser.add_argument("directory", nargs="?", type=Path)
    for name in ("other", "receipt", "answers", "proof", "consistency"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--public", type=Path, nargs="+", default=[])
    parser.add_argument("--key", type=str.lower, action="append", default=[])
    given = parser.parse_args(arguments)
    if not any((given.directory, given.receipt, given.public, given.consistency)):
        parser.error("name an export, or a receipt")
    try:
        return 0 if check(given) else 3
    except Wrong as wrong:
        return print(wrong) or 1
    except FAULTS as why:
        return print(f"Cannot be read: {type(why).__name__}: {why}") or 2


if __name__ == "__main__":
    sys.exit(main())
