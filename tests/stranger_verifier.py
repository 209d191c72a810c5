"""
Checks the record of a portal, its receipts and its public files; written from FORMAT.txt alone.

main() ends with 0: all of it holds, 1: something does not hold, 2: something cannot be read,
3: nothing is wrong, but the export does not cover something.
"""

import argparse
import hashlib
import json
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HOLDS, WRONG, UNREADABLE, NOT_COVERED = 0, 1, 2, 3
NAMES = "code-in-practice/"
ROOT_OF_NOTHING = hashlib.sha256(b"").hexdigest()
POINT = "size root day occasion subject"
LINE = "index leaf root"
MEMBERS = {  # of each format
    "record/1": "portal size root checkpoints keys",
    "record/2": "portal size root checkpoints keys key signature",
    "receipt/1": "portal statement salt index tree_size root proof",
    "receipt/2": "portal statement salt leaf by key signature",
    "proof/1": "leaf index tree_size root proof",
    "consistency/1": "first second first_root second_root proof",
    "public/1": "portal leaf statement salt content",
}


class Problem(Exception):  # noqa: N818
    """Something is not as it should be: a number to end with, and a sentence for the reader."""

    def __init__(self, sentence: str, number: int):
        super().__init__(sentence)
        self.number = number


def demand(condition: bool, sentence: str, number: int = WRONG):
    """Stop with the sentence, unless the condition is true."""
    if not condition:
        raise Problem(sentence, number)


# Reading


def whole_number(digits: str) -> int:
    if abs(number := int(digits)) >= 2**53:
        raise ValueError("a whole number is of 2^53 or more in size")
    return number


def other_number(text: str):
    raise ValueError(f"{text[:30]} is not a whole number")


def plain_object(pairs: list) -> dict:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name is twice in one object")
    if any(sign > "\uffff" for name in members for sign in name):
        raise ValueError("a name has a sign beyond U+FFFF")
    return members


def canonical(value) -> bytes:
    """The bytes that are hashed or signed; half of a surrogate pair raises ValueError."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def read_json(where: str, data: bytes):
    hooks = {"parse_int": whole_number, "parse_float": other_number, "parse_constant": other_number}
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=plain_object, **hooks)
        canonical(value)
    except (ValueError, RecursionError) as why:
        raise Problem(f"{where} is not JSON as section 1 allows it: {why}.", UNREADABLE) from why
    return value


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as why:
        raise Problem(f"{path} cannot be opened: {why}.", UNREADABLE) from why


def is_hexadecimal(value, count: int) -> bool:
    return isinstance(value, str) and re.fullmatch(f"[0-9a-f]{{{2 * count}}}", value) is not None


def is_day(value) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_statement(value) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        return False
    key_is_right = value["kind"] != "record.key" or is_hexadecimal(value.get("key"), 32)
    return key_is_right and is_day(value.get("day")) and is_day(value.get("entered", value["day"]))


def is_right(name: str, value) -> bool:
    """Whether the value is of the kind that a member of this name has everywhere."""
    match name:
        case "size" | "index" | "tree_size" | "first" | "second":
            return type(value) is int and value >= 0
        case "leaf" | "root" | "salt" | "key" | "first_root" | "second_root":
            return is_hexadecimal(value, 32)
        case "keys" | "proof":
            return isinstance(value, list) and all(is_hexadecimal(each, 32) for each in value)
        case "portal" | "occasion" | "subject":
            return isinstance(value, str)
        case "day" | "by":
            return is_day(value)
        case "signature":
            return is_hexadecimal(value, 64)
        case "statement":
            return is_statement(value)
        case "checkpoints":
            return isinstance(value, list)
    return name == "content"


def demand_members(where: str, value, members: str, *, no_others: bool = False):
    """Stop unless value is an object that has these members, each of the kind that it should be."""
    demand(isinstance(value, dict), f"{where} is not a JSON object.", UNREADABLE)
    for name in members.split():
        demand(name in value, f'{where} has no "{name}".', UNREADABLE)
        demand(is_right(name, value[name]), f'"{name}" of {where} has a wrong form.', UNREADABLE)
    more = sorted(value.keys() - set(members.split())) if no_others else []
    demand(not more, f"{where} has members that do not belong there: {more!a}.", UNREADABLE)


def has_format(value, name: str) -> bool:
    return isinstance(value, dict) and value.get("format") == NAMES + name


def read_file(path: Path, *formats: str) -> dict:
    """A file that names one of these formats, and has its members."""
    value = read_json(str(path), read_bytes(path))
    named = [each for each in formats if has_format(value, each)]
    demand(bool(named), f"{path} is of another format than {' or '.join(formats)}.", UNREADABLE)
    demand_members(str(path), value, MEMBERS[named[0]])
    return value


# Hashes, signatures and proofs


def hash_of(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()


def leaf_of(told: dict) -> str:
    return hash_of(b"\x00", bytes.fromhex(told["salt"]), canonical(told["statement"]))


def demand_leaf(where, told: dict):
    demand(told["leaf"] == leaf_of(told), f"{where}: statement and salt do not give the leaf.")


def digest_of(told: dict) -> str:
    return hash_of(bytes.fromhex(told["salt"]), canonical(told["content"]))


def node(left: str, right: str) -> str:
    return hash_of(b"\x01", bytes.fromhex(left), bytes.fromhex(right))


def roots_of(leaves: list[str]) -> list[str]:
    """The root of each size, from that of no leaves to that of all."""
    roots, full = [ROOT_OF_NOTHING], []  # full: whole subtrees from left to right, (height, hash)
    for leaf in leaves:
        full.append((0, leaf))
        while len(full) > 1 and full[-1][0] == full[-2][0]:
            height, right = full.pop()
            full[-1] = (height + 1, node(full[-1][1], right))
        root = full[-1][1]
        for _, left in reversed(full[:-1]):
            root = node(left, root)
        roots.append(root)
    return roots


def demand_signature(where, name: str, told: dict, signed: tuple[str, ...] = ()):
    """The signature is over these members; where none is named, over all but itself."""
    names = signed or told.keys() - {"signature"}
    message = f"{NAMES}{name}\n".encode() + canonical({each: told[each] for each in names})
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["key"]))
        key.verify(bytes.fromhex(told["signature"]), message)
    except (InvalidSignature, ValueError) as why:
        raise Problem(f"The signature of {where} does not hold.", WRONG) from why


def climb(start: str, place: int, last: int, steps: list[str]) -> tuple[str, str] | None:
    """
    Go up the tree from a node at this place of a row, as RFC 9162 says (2.1.3.2 and 2.1.4.2).

    Gives the root of what ends with the node, and the root of all; None if the steps are too many
    or too few.
    """
    old = new = start
    for step in steps:
        if last == 0:
            return None
        if place % 2 or place == last:
            old, new = node(step, old), node(step, new)
            while place and place % 2 == 0:
                place, last = place // 2, last // 2
        else:
            new = node(new, step)
        place, last = place // 2, last // 2
    return (old, new) if last == 0 else None


def demand_inclusion(where: Path, leaf: str, told: dict):
    index, size = told["index"], told["tree_size"]
    demand(index < size, f"{where} names a place that its tree does not have.")
    roots = climb(leaf, index, size - 1, told["proof"])
    holds = roots is not None and roots[1] == told["root"]
    demand(holds, f"{where}: the proof does not lead from the leaf to the root.")


def demand_consistency(where: Path, told: dict):
    first, second, steps = told["first"], told["second"], told["proof"]
    roots = told["first_root"], told["second_root"]
    if first in (0, second):
        holds = not steps and (first != second or roots[0] == roots[1])
        holds = holds and (first > 0 or roots[0] == ROOT_OF_NOTHING)
    else:
        place, last = first - 1, second - 1
        while place % 2:
            place, last = place // 2, last // 2
        steps = [roots[0], *steps] if place == 0 else steps
        holds = first < second and bool(steps) and climb(steps[0], place, last, steps[1:]) == roots
    demand(holds, f"{where}: the proof does not show that the first tree begins the second.")


# Exports


@dataclass(frozen=True)
class Export:
    told: dict  # what checkpoints.json says
    leaves: list[str]
    roots: list[str]  # roots[n] is the root of the first n leaves
    places: dict[str, int]  # of each leaf
    named_keys: set[str]  # by entries of kind "record.key"

    def daily(self) -> list[dict]:
        """The daily checkpoints by size, then by day."""
        points = [each for each in self.told["checkpoints"] if each["occasion"] == "daily"]
        return sorted(points, key=lambda each: (each["size"], each["day"]))

    def demand_root(self, where: Path, size: int, root: str):
        """The root is the export's of that size; of a larger size, it is none of its roots."""
        agrees = self.roots[size] == root if size < len(self.roots) else root not in self.roots
        demand(agrees, f"{where}: the root that it names for size {size} is not the export's.")


def read_leaves(path: Path) -> list[dict]:
    """The lines of leaves.jsonl, each checked by itself."""
    lines = []
    data = read_bytes(path)
    for index, piece in enumerate(data.removesuffix(b"\n").split(b"\n") if data else []):
        where = f"{path}, line {index + 1}"
        line = read_json(where, piece)
        is_open = isinstance(line, dict) and ("salt" in line or "statement" in line)
        members = f"{LINE} salt statement" if is_open else LINE
        demand_members(where, line, members, no_others=True)
        demand(line["index"] == index, f"{where}: the index is not {index}.")
        if is_open:
            demand_leaf(where, line)
        lines.append(line)
    return lines


def read_checkpoints(path: Path) -> dict:
    told = read_file(path, "record/1", "record/2")
    older = has_format(told, "record/1")
    plain = not older or ("key" not in told and "signature" not in told)
    demand(plain, f"{path} is of the older form, but has a key or a signature.", UNREADABLE)
    for number, point in enumerate(told["checkpoints"], 1):
        where = f"{path}, checkpoint {number}"
        signed = not older and isinstance(point, dict) and ("key" in point or "signature" in point)
        demand_members(where, point, f"{POINT} key signature" if signed else POINT, no_others=older)
        kinds = ("daily", "export") if point["subject"] == "" else ("closing",)
        known = point["occasion"] in kinds
        demand(known, f"{where}: its occasion is not known, or has another subject.", UNREADABLE)
        if signed:
            demand_signature(where, "checkpoint/1", point)
    return told


def read_export(folder: Path) -> Export:
    """Read an export, and check it by itself."""
    lines = read_leaves(folder / "leaves.jsonl")
    path = folder / "checkpoints.json"
    told = read_checkpoints(path)
    leaves = [line["leaf"] for line in lines]
    places = {leaf: place for place, leaf in reversed(list(enumerate(leaves)))}
    statements = [line["statement"] for line in lines if "statement" in line]
    named_keys = {each["key"] for each in statements if each["kind"] == "record.key"}
    export = Export(told, leaves, roots_of(leaves), places, named_keys)
    for line, root in zip(lines, export.roots[1:], strict=True):
        place = line["index"]
        demand(line["root"] == root, f"{folder}: the root at index {place} is not the tree's.")
    demand(told["size"] == len(leaves), f"{path}: the size is not the number of leaves.")
    demand(told["root"] == export.roots[-1], f"{path}: the root is not that of the leaves.")
    for number, point in enumerate(told["checkpoints"], 1):
        where = f"{path}, checkpoint {number} ({point['occasion']}, {point['day']})"
        demand(point["size"] <= len(leaves), f"{where} is larger than the export.")
        same = point["root"] == export.roots[point["size"]]
        demand(same, f"{where}: the root is not that of its size.")
    days = [each["day"] for each in export.daily()]
    demand(days == sorted(days), f"{path}: the days of the daily checkpoints go back.")
    if has_format(told, "record/1"):
        print(f"{folder} is of the older form and weaker: nothing binds its days and subjects.")
    else:
        demand_signature(path, "record/2", told)
        demand_keys(path, export)
    return export


def demand_keys(path: Path, export: Export):
    """The entries name the keys of the signatures, and "keys" has all that the entries name."""
    listed = set(export.told["keys"])
    used = {each["key"] for each in (export.told, *export.told["checkpoints"]) if "key" in each}
    strange = sorted(used - (export.named_keys or listed))
    demand(not strange, f"{path} has signatures with keys that it does not name: {strange}.")
    missing = sorted(export.named_keys - listed)
    demand(not missing, f'{path}: entries name keys that are not among "keys": {missing}.')


def compare(one: Export, other: Export):
    """Two exports show the same record, as far as both go."""
    split = "The portal showed two records, and both exports together show that:"
    for place, (left, right) in enumerate(zip(one.leaves, other.leaves, strict=False)):
        demand(left == right, f"{split} at index {place} they have two leaves.")
    points = [
        {(each["subject"], each["day"], each["size"]) for each in export.told["checkpoints"]}
        for export in (one, other)
    ]
    shared = {each[0] for each in points[0]} & {each[0] for each in points[1]} - {""}
    ends = [export.daily()[-1:] for export in (one, other)]
    until = min(each[0]["day"] for each in ends) if all(ends) else ""
    for subject, day, size in sorted(points[0] ^ points[1]):
        apart = subject in shared or (subject == "" and day <= until)
        what = f"{subject!a} closed" if subject else "a root was published"
        demand(not apart, f"{split} {what} on {day} with size {size} in only one of them.")


# Receipts, public files and proofs


def demand_place(where: Path, leaf: str, told: dict, export: Export):
    """A proof of inclusion agrees with the export."""
    export.demand_root(where, told["tree_size"], told["root"])
    index = told["index"]
    within = index < len(export.leaves)
    agrees = export.leaves[index] == leaf if within else leaf not in export.places
    demand(agrees, f"{where}: the leaf does not stand at index {index} of the export.")


def demand_covered(where: Path, leaf: str, told: dict, export: Export):
    """The portal kept its promise, and the export covers the leaf."""
    demand(told["portal"] == export.told["portal"], f"{where} and the export name two portals.")
    place, daily = export.places.get(leaf), export.daily()
    signed = has_format(told, "receipt/2")
    if signed:
        due = [each for each in daily if each["day"] >= told["by"]]
    else:
        entered = told["statement"].get("entered", told["statement"]["day"])
        due = [each for each in daily if each["day"] > entered]
    if signed and (due or place is not None):
        older = has_format(export.told, "record/1")
        known = told["key"] in (export.named_keys if older else export.told["keys"])
        demand(known, f"{where} is signed with a key that the export does not name.")
    for point in due[:1]:
        kept = place is not None and place < point["size"]
        demand(kept, f"The portal broke its promise: its root of {point['day']} misses {where}.")
    covered = any(place is not None and place < each["size"] for each in export.told["checkpoints"])
    demand(covered, f"{where} is right by itself, but the export lacks it.", NOT_COVERED)


def check_receipt(path: Path, answers: Path | None, proof: Path | None, export: Export | None):
    receipt = read_file(path, "receipt/1", "receipt/2")
    leaf, proofs = leaf_of(receipt), []
    if has_format(receipt, "receipt/2"):
        demand_leaf(path, receipt)
        demand_signature(path, "receipt/2", receipt, ("by", "leaf", "portal"))
    else:
        proofs.append((path, receipt))
    if answers:
        words = read_json(str(answers), read_bytes(answers))
        demand_members(str(answers), words, "salt content")
        same = digest_of(words) == receipt["statement"].get("content_digest")
        demand(same, f"{answers} has other answers than those that {path} is for.")
    if proof:
        proofs.append((proof, read_file(proof, "proof/1")))
        demand(proofs[-1][1]["leaf"] == leaf, f"{proof} is of another leaf than {path}.")
    for where, told in proofs:
        demand_inclusion(where, leaf, told)
        if export:
            demand_place(where, leaf, told, export)
    if export:
        demand_covered(path, leaf, receipt, export)


def check_public(path: Path, export: Export | None):
    told = read_file(path, "public/1")
    demand_leaf(path, told)
    if "content_digest" in told["statement"]:
        same = digest_of(told) == told["statement"]["content_digest"]
        demand(same, f"{path}: the content is not that of the statement.")
    else:
        demand(told["content"] is None, f"{path}: the statement speaks of no content.")
    if export:
        demand_covered(path, told["leaf"], told, export)


def check_consistency(path: Path, export: Export | None):
    told = read_file(path, "consistency/1")
    demand_consistency(path, told)
    for which in ("first", "second") if export else ():
        export.demand_root(path, told[which], told[f"{which}_root"])


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("export", type=Path, nargs="?", metavar="EXPORT_FOLDER")
    for name in ("other", "receipt", "answers", "proof", "consistency"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--public", type=Path, nargs="+", default=[])
    asked = parser.parse_args(arguments)
    if not (asked.export or asked.receipt or asked.public or asked.consistency):
        parser.error("name an export, or a file to check")
    if (asked.other and not asked.export) or ((asked.answers or asked.proof) and not asked.receipt):
        parser.error("--other needs an export, and --answers and --proof need a receipt")
    return asked


def main(arguments: list[str]) -> int:
    """Check what the arguments name, say what was found, and give the number to end with."""
    found = {HOLDS}

    def attempt(what, check, *given):
        try:
            result = check(*given)
        except Problem as problem:
            found.add(problem.number)
            print(problem)
            return None
        print(f"{what}: holds.")
        return result

    try:
        asked = read_arguments(arguments)
    except SystemExit as end:
        return end.code
    export = attempt(asked.export, read_export, asked.export) if asked.export else None
    other = attempt(asked.other, read_export, asked.other) if asked.other else None
    if export and other:
        attempt("Both exports together", compare, export, other)
    if asked.receipt:
        attempt(asked.receipt, check_receipt, asked.receipt, asked.answers, asked.proof, export)
    for path in asked.public:
        attempt(path, check_public, path, export)
    if asked.consistency:
        attempt(asked.consistency, check_consistency, asked.consistency, export)
    return next(each for each in (WRONG, UNREADABLE, NOT_COVERED, HOLDS) if each in found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
