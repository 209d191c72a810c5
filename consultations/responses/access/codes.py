"""
The code that reopens an answer: 100 bits that the portal shows once and keeps only as a hash.

Written in Crockford's base 32, which leaves out I, L, O and U, so that nothing looks like anything
else: `7KQ2-…`, five groups of four.
"""

import hashlib
import secrets

from portal.text import code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20  # characters of five bits each
GROUP = 4
_READ_AS = str.maketrans("OIL", "011", " -._")


def new_code() -> str:
    """Draw a code nobody has had before, as it is shown: "XXXX-XXXX-XXXX-XXXX-XXXX"."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return shown(drawn)


def normalise(typed: str) -> str:
    """
    Return what was typed as it is compared: capitals without spaces, O as 0, I and L as 1.

    Digits of any script, dashes of any kind and letters of any width count as what they are.
    """
    return code(typed).upper().translate(_READ_AS)


def shown(typed: str) -> str:
    """Write a code in its groups of four."""
    plain = normalise(typed)
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


def hash_code(typed: str) -> str:
    """Return the SHA-256 of a code in hex; all that is stored. 100 random bits need no salt."""
    return hashlib.sha256(normalise(typed).encode()).hexdigest()


def strange_characters(typed: str) -> list[str]:
    """List the characters of what was typed that no code has, each once."""
    return list(dict.fromkeys(each for each in normalise(typed) if each not in ALPHABET))
