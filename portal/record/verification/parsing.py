"""What somebody shows, read with care: a receipt of either format, answers, a printed promise."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.record.hashing import canonical, statement_hash
from portal.record.public import PUBLIC_FORMAT
from portal.record.receipts import FORMAT

FIRST_FORMAT = "code-in-practice/receipt/1"
LONGEST_PROOF = 64
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


class Unreadable(Exception):  # noqa: N818 - reads as it is
    """It is no receipt; the message tells its holder why."""


@dataclass(frozen=True)
class Receipt:
    """A receipt of either format; `leaf` is the hash, in hexadecimal, of what is stated."""

    portal: str
    statement: dict[str, Any]
    salt: bytes
    leaf: str


@dataclass(frozen=True)
class ProvenReceipt(Receipt):
    """Of the first format: with the proof of a place in a tree."""

    index: int
    tree_size: int
    root: bytes
    proof: list[bytes]


@dataclass(frozen=True)
class Promise:
    """A signed promise that a leaf is in the tree by a day; `key` is "" if print leaves it out."""

    portal: str
    leaf: str
    by: date
    key: str
    signature: str


@dataclass(frozen=True)
class SignedReceipt(Receipt):
    """Of the second: with a promise."""

    promise: Promise


@dataclass(frozen=True)
class Answers:
    """The file of what was answered, and the salt that its digest was made with."""

    salt: bytes
    content: dict[str, Any]


HandedIn = ProvenReceipt | SignedReceipt | Answers


def read(text: str) -> HandedIn:
    """Return the receipt, or the answers, that `text` is. Raises Unreadable."""
    given = _parsed(text)
    if isinstance(given, dict) and given.keys() == {"salt", "content"}:
        return _answers(given)
    if isinstance(given, dict) and given.get("format") == PUBLIC_FORMAT:
        raise Unreadable(
            _(
                "This is the public copy of what is published, and no receipt: anybody may have "
                "it. A receipt is what the person who responded was given after sending. The "
                "script on the page “The record” holds a public copy against the record."
            )
        )
    if not isinstance(given, dict) or given.get("format") not in (FORMAT, FIRST_FORMAT):
        raise Unreadable(
            _("This is neither a receipt nor your answers: “format” should say %(format)s.")
            % {"format": FORMAT}
        )
    portal, statement = given.get("portal"), given.get("statement")
    if not isinstance(portal, str):
        raise _misses("portal")
    if not isinstance(statement, dict):
        raise _misses("statement")
    salt = bytes.fromhex(_hash(given, "salt"))
    try:
        canonical({"portal": portal})
    except ValueError:
        raise _misses("portal") from None
    try:
        leaf = statement_hash(salt, canonical(statement)).hex()
    except (TypeError, ValueError, RecursionError):
        raise _misses("statement") from None
    if given["format"] == FIRST_FORMAT:
        return ProvenReceipt(portal, statement, salt, leaf, **_place(given))
    promise = Promise(
        portal,
        leaf=_hash(given, "leaf"),
        by=_day(given, "by"),
        key=_hash(given, "key"),
        signature=_hash(given, "signature", _SIGNATURE),
    )
    return SignedReceipt(portal, statement, salt, leaf, promise)


def read_printed(given: Mapping[str, str], portal: str) -> Promise:
    """Return the promise in the address of a printed receipt's square. Raises Unreadable."""
    parts = dict(given.items())
    try:
        return Promise(
            portal,
            leaf=_hash(parts, "leaf"),
            by=_day(parts, "by"),
            key="",
            signature=_hash(parts, "signature", _SIGNATURE),
        )
    except Unreadable:
        raise Unreadable(
            _("This address is not whole. Scan the square again, or type your code.")
        ) from None


def _answers(given: dict[str, Any]) -> Answers:
    content = given["content"]
    if not isinstance(content, dict):
        raise _misses("content")
    try:
        canonical(content)
    except (TypeError, ValueError, RecursionError):
        raise _misses("content") from None
    return Answers(bytes.fromhex(_hash(given, "salt")), content)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        raise Unreadable(
            _("This cannot be read: look at line %(line)s, near %(near)s. Is it the whole file?")
            % {"line": error.lineno, "near": _near(text, error.pos)}
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable(_("This can be read neither as a receipt nor as answers.")) from None


def _place(given: dict[str, Any]) -> dict[str, Any]:
    proof = given.get("proof")
    if not isinstance(proof, list) or len(proof) > LONGEST_PROOF:
        raise _misses("proof")
    return {
        "index": _number(given, "index"),
        "tree_size": _number(given, "tree_size"),
        "root": bytes.fromhex(_hash(given, "root")),
        "proof": [bytes.fromhex(_hash({"proof": each}, "proof")) for each in proof],
    }


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse one with the same key twice: it could be shown in one way and checked in another."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _near(text: str, position: int) -> str:
    found = " ".join(text[max(0, position - 10) : position + 10].split())
    return f"“{found}”" if found else _("the end")


def _misses(name: str) -> Unreadable:
    return Unreadable(
        _("“%(name)s” is missing from the file, or not as it should be.") % {"name": name}
    )


def _number(given: dict[str, Any], name: str) -> int:
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _misses(name)
    return value


def _hash(given: dict[str, Any], name: str, form: re.Pattern[str] = _HASH) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise _misses(name)
    return value


def _day(given: dict[str, Any], name: str) -> date:
    value = given.get(name)
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:  # one spelling, as it was signed
        raise _misses(name)
    return day
