"""
Whether a name says something else's name in other letters: "Моderat0r" for "Moderator".

As the skeletons of Unicode's UTS 39: each letter is put for the Latin one that it could be taken
for, by the table of Unicode that `confusable_homoglyphs` carries, and what is left is compared.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from confusable_homoglyphs.confusables import confusables_data

# Beyond Unicode's table, which knows no capital from its small letter.
ALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "!": "l", "0": "o", "5": "s", "$": "s"})
PAIRS = (("rn", "m"), ("vv", "w"))
# From this length on a word is found in the middle of others too, and with gaps in it.
TELLING = 8


def said_in(name: str, several: Iterable[str]) -> str | None:
    """
    Return the first of several words that stand in a name, one after another, or can be read there.

    Each of `several` is one word or more. Long ones are found also with gaps and signs in them, or
    grown together with others. None where the name has none of them.
    """
    read = _skeletons(name)
    for words in several:
        if any(one and _stand_in(one, two) for one in _kept(words) for two in read):
            return words
    return None


def _stand_in(sought: Sequence[str], found: Sequence[str]) -> bool:
    size = len(sought)
    if any(found[at : at + size] == sought for at in range(len(found) - size + 1)):
        return True
    whole = "".join(sought)
    return len(whole) >= TELLING and whole in "".join(found)


@lru_cache(maxsize=2048)
def _kept(words: str) -> frozenset[tuple[str, ...]]:
    """Return the skeletons of words that names are held against; of names nothing is kept."""
    return _skeletons(words)


def _skeletons(text: str) -> frozenset[tuple[str, ...]]:
    """Return how a text can be read, as words: as it is written, in small letters, in capitals."""
    return frozenset(_skeleton(each) for each in (text, text.casefold(), text.upper()))


def _skeleton(text: str) -> tuple[str, ...]:
    # Letters of width, of mathematics and in circles become plain ones; accents stand apart.
    plain = unicodedata.normalize("NFKD", text)
    read = "".join(_latin(each) for each in plain if unicodedata.category(each)[0] != "M")
    read = unicodedata.normalize("NFKD", read).casefold().translate(ALIKE)
    for pair, one in PAIRS:
        read = read.replace(pair, one)
    return tuple("".join(each if each.isalnum() else " " for each in read).split())


def _latin(character: str) -> str:
    """Return the Latin letters that a character could be taken for; itself where there are none."""
    if character.isascii():
        return character
    alike = (entry["c"] for entry in confusables_data.get(character, ()))
    return next((each for each in alike if each.isascii() and each.isalpha()), character)
