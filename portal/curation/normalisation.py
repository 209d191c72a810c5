"""When two ways of writing a word count as the same: case, accents, signs and spaces do not."""

import unicodedata
from functools import lru_cache

from portal.text import arabic_letters


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """
    Return what a text is compared by: small letters without accents, one space between words.

    Empty where it holds no letter or digit.
    """
    plain = arabic_letters(unicodedata.normalize("NFKD", text))
    decomposed = unicodedata.normalize("NFKD", plain.casefold())
    return " ".join("".join(_kept(character) for character in decomposed).split())


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me"):
        return ""
    return character if category[0] in "LNM" else " "
