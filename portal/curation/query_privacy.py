"""
Which searches may be counted: those that say what is looked for and nothing of who looks.

People paste all sorts of things into a search box: their address, the code that opens their
answer, a name with a telephone number. Whatever looks like one of these is not counted, and
nothing is lost when something harmless is left out too.
"""

import re
import unicodedata

from portal.curation.models import LONGEST_SEARCH, MOST_WORDS
from portal.curation.normalisation import key_of

# A regulation's number is no number of a person: "2021/821".
_LAW = re.compile(r"\b(?:19|20)\d\d/\d{1,4}\b")
_SIX_DIGITS = re.compile(r"(?:\d\D{0,3}){6}")
_ADDRESS = re.compile(r"@|://|\bwww\.|[\w-]{2}\.[a-z]{2}")
# The code that opens an answer: five groups of four of Crockford's characters, with what is
# commonly read for them (O, I, L). In small letters without a digit it could be anything: "location
# tracking data" is five groups of four.
_CODE = re.compile(r"(?i)(?=((?:[0-9a-tv-z]{4}[\s\-–—._]*){5}))")
_DASHED_CODE = re.compile(r"(?:[0-9a-tv-z]{4}[-–—]){2}[0-9a-tv-z]{4}")
_GROUP_OF_CODE = re.compile(r"\b(?=[a-z]*\d)(?=\d*[a-z])[0-9a-tv-z]{4}\b")
_LONG_MIXTURE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{10}")


def counted_as(text: str) -> str | None:
    """
    Return a search as it is counted: small letters, single spaces; None if it may not be.

    It may be where it has a letter, at most 60 characters and six words, and nothing that looks
    like an address of mail or of the web, a telephone or other long number, a reference or a code.
    """
    typed = " ".join(unicodedata.normalize("NFKC", text[: 4 * LONGEST_SEARCH]).split())
    plain = typed.lower()
    words = key_of(plain).split()
    if (
        len(text) > 4 * LONGEST_SEARCH
        or len(plain) > LONGEST_SEARCH
        or len(words) > MOST_WORDS
        or not any(character.isalpha() for word in words for character in word)
        or not plain.isprintable()
        or _may_identify(plain)
        or _holds_a_code(typed)
    ):
        return None
    return plain


def _may_identify(plain: str) -> bool:
    return bool(
        _ADDRESS.search(plain)
        or _SIX_DIGITS.search(_LAW.sub(" ", plain))
        or _DASHED_CODE.search(plain)
        or len(_GROUP_OF_CODE.findall(plain)) > 1
        or _LONG_MIXTURE.search(plain)
    )


def _holds_a_code(typed: str) -> bool:
    """Say whether a code is there: in capitals, as it is shown, or with a digit, as most have."""
    return any(
        found.isupper() or any(character.isdigit() for character in found)
        for found in _CODE.findall(typed)
    )
