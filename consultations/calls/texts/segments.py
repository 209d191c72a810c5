"""
The words of a consultation that can stand in other languages, one after another.

A segment's key is the name of a field; or an area, the id of what it belongs to there, and what of
that it is: "questions.<question's id>.options.<option's key>". Ids are Wagtail's own, which survive
moving and rewording, and answers refer to them. What has the same first two parts of the key is a
unit: readers get it in one language, never in two.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

TAG = re.compile(r"<[^>]*>")
QUESTIONS = "questions"


@dataclass(frozen=True)
class Segment:
    """Words by their key, in the original: plain text, or HTML as the editor keeps it."""

    key: str
    text: str
    is_rich: bool = False

    @property
    def says_something(self) -> bool:
        """Say whether there are words to translate, not only marks."""
        return bool((TAG.sub("", self.text) if self.is_rich else self.text).strip())

    @property
    def unit(self) -> str:
        """Return the name of what is read in one language."""
        return unit_of(self.key)

    @property
    def area(self) -> str:
        """Return the field that it stands in."""
        return self.key.partition(".")[0]

    @property
    def is_frozen(self) -> bool:
        """Say whether answers rest on it, so that it changes by a corrigendum alone."""
        return self.area == QUESTIONS

    @property
    def digest(self) -> str:
        """Return what tells this wording from any other."""
        return digest_of(self.text)


def unit_of(key: str) -> str:
    """Return the name of the unit that a key belongs to."""
    return ".".join(key.split(".")[:2])


def digest_of(text: str) -> str:
    """Return sixteen hex digits that tell a wording from any other; blanks at its ends are none."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def frozen(keys: Iterator[str]) -> list[str]:
    """Return those keys on which answers rest."""
    return [key for key in keys if Segment(key, "").is_frozen]
