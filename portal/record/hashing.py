"""
How a statement and a body become bytes, and bytes a hash. Receipts rest on this: it is fixed.

JSON is written as RFC 8785 has it, less what programs read in more than one way.
"""

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from portal.record.merkle import leaf_hash

SALT_BYTES = 32
# Beyond it two numbers are the same to a program that reads them as RFC 8785 does (its 3.2.2.3).
LARGEST = 2**53 - 1
# RFC 8785 sorts keys by UTF-16, Python by characters; up to this one there is no difference.
LAST_IN_KEYS = "\uffff"


def new_salt() -> bytes:
    """32 random bytes, so that nobody can guess at what a hash stands for."""
    return secrets.token_bytes(SALT_BYTES)


def canonical(value: Mapping[str, Any]) -> str:
    """
    Return the one way to write a mapping: canonical JSON after RFC 8785.

    Raises TypeError for a float (write a decimal as text) and for keys that are not text;
    ValueError for text that UTF-8 cannot hold, whole numbers beyond LARGEST, and keys with a sign
    beyond LAST_IN_KEYS.
    """
    _require_plain(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_digest(salt: bytes, content: Mapping[str, Any]) -> str:
    """SHA-256 over the salt and the canonical JSON of what somebody wrote, in hexadecimal."""
    return sha256(salt + canonical(content).encode()).hexdigest()


def statement_hash(salt: bytes, text: str) -> bytes:
    """Return the leaf of a statement whose canonical JSON is `text`."""
    return leaf_hash(salt + text.encode())


def _require_plain(value: Any) -> None:
    if isinstance(value, str):
        value.encode()  # UnicodeEncodeError, a ValueError, for half a surrogate pair
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"A key is text, not {type(key).__name__}.")
            if not key.isascii() and max(key) > LAST_IN_KEYS:
                raise ValueError(f"A key has no sign beyond U+FFFF, as {key!r} does.")
            _require_plain(key)
            _require_plain(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _require_plain(inner)
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"A whole number is at most {LARGEST}, and {value} is not.")
    elif value is not None:
        raise TypeError(
            f"A statement holds text, whole numbers, lists and mappings, not {value!r}."
        )
