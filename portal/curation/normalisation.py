"""When two ways of writing a word count as the same: case, accents, signs and spaces do not."""

import unicodedata
from functools import lru_cache

_TATWEEL = "\u0640"  # lengthens a line of Arabic and says nothing


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """
    Return what a text is compared by: small letters without accents, one space between words.

    Empty where it holds no letter or digit.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(_kept(character) for character in decomposed).split())


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me") or character == _TATWEEL:
        return ""
    return character if category[0] in "LNM" else " "
