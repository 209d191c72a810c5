"""Words that can stand in another language, each by a key that survives moving and rewording."""

import hashlib
import re
from dataclasses import dataclass
from html import unescape

TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Segment:
    """
    Words by their key, in the original: plain text, or HTML as the editor keeps it.

    `most` is how many signs may stand in their place, 0 where nobody counts.
    """

    key: str
    text: str
    is_rich: bool = False
    most: int = 0

    @property
    def says_something(self) -> bool:
        """Say whether there are words to translate, not only marks."""
        return bool((TAG.sub("", self.text) if self.is_rich else self.text).strip())

    @property
    def area(self) -> str:
        """Return the field that it stands in."""
        return self.key.partition(".")[0]

    @property
    def digest(self) -> str:
        """Return what tells this wording from any other."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Return sixteen hex digits that tell a wording from any other; blanks at its ends are none."""
    return hashlib.sha256(unescape(text).strip().encode()).hexdigest()[:16]
