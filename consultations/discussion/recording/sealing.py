"""
How an entry of the record names an author to nobody: a hash that only a comment's own seal opens.

Without it somebody with the database could give a comment to another account, unseen. With the
account's number in the entry everybody could tell which comments are of one author, whatever
names they were posted under.
"""

import secrets
from hashlib import sha256

SEAL_BYTES = 16


def new_seal() -> bytes:
    """Return random bytes for a new comment; they are kept beside it and shown to nobody."""
    return secrets.token_bytes(SEAL_BYTES)


def sealed_author(seal: bytes | memoryview | None, author_id: int | None) -> str:
    """Return SHA-256 over seal and account number, in hex; "" where there is no author."""
    if not seal or author_id is None:
        return ""
    return sha256(bytes(seal) + str(author_id).encode()).hexdigest()
