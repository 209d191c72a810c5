"""How a statement and a body become bytes, and bytes a hash. Receipts rest on this: it is fixed."""

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from portal.record.merkle import leaf_hash

SALT_BYTES = 32


def new_salt() -> bytes:
    """32 random bytes, so that nobody can guess at what a hash stands for."""
    return secrets.token_bytes(SALT_BYTES)


def canonical(value: Mapping[str, Any]) -> str:
    """
    The one way to write a mapping: JSON with sorted keys, no spaces and no escapes but JSON's own.

    Raises TypeError for what has more than one way: a float (write a decimal as text) and keys
    that are not text; ValueError for text that UTF-8 cannot hold.
    """
    _require_plain(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_digest(salt: bytes, content: Mapping[str, Any]) -> str:
    """SHA-256 over the salt and the canonical JSON of what somebody wrote, in hexadecimal."""
    return sha256(salt + canonical(content).encode()).hexdigest()


def statement_hash(salt: bytes, text: str) -> bytes:
    """The leaf of a statement whose canonical JSON is `text`."""
    return leaf_hash(salt + text.encode())


def _require_plain(value: Any) -> None:
    if isinstance(value, str):
        value.encode()  # UnicodeEncodeError, a ValueError, for half a surrogate pair
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"A key is text, not {type(key).__name__}.")
            _require_plain(key)
            _require_plain(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _require_plain(inner)
    elif value is not None and not isinstance(value, (bool, int)):
        raise TypeError(
            f"A statement holds text, whole numbers, lists and mappings, not {value!r}."
        )
