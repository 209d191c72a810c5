"""Whether every word that a document shows is in what was made of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from portal.files.rebuilding.result import Refused

# Signs count each by itself, so that one that is set beside a word makes no other word of it.
PIECES = re.compile(r"[^\W_]+|[^\w\s]|_")
UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff"))  # marks where a line may break or not


def require_every_word(shown: Iterable[str], kept: str) -> None:
    """Raise Refused where a word of the texts in `shown` is not, or not as often, in `kept`."""
    wanted: Counter[str] = Counter()
    for text in shown:
        wanted.update(PIECES.findall(text.translate(UNSEEN)))
    if wanted - Counter(PIECES.findall(kept.translate(UNSEEN))):
        raise Refused("words-lost")


@dataclass
class Collector:
    """
    Collects the words of an XML tree, apart from whoever writes them anew.

    `words` says whether an element's own text is shown, `paragraphs` are tags whose words stand by
    themselves, at `gaps` a word ends. What was left out on purpose is passed over.
    """

    words: Callable[[Element], bool]
    paragraphs: Set[str]
    gaps: Set[str]
    left_out: set[Element]
    has_tails: bool  # text stands between elements too
    found: list[str] = field(default_factory=list)

    def collect(self, root: Element) -> None:
        """Add the text of each paragraph in a tree to `found`."""
        self.found.append("".join(self.within(root)))

    def within(self, element: Element) -> list[str]:
        """Return the text in an element, without that of paragraphs in it."""
        texts = [element.text or ""] if self.words(element) else []
        for child in element:
            if child in self.left_out:
                pass
            elif child.tag in self.paragraphs:
                self.collect(child)
            else:
                gap = [" "] if child.tag in self.gaps else []
                texts += [*gap, *self.within(child), *gap]
            if self.has_tails and self.words(element):
                texts.append(child.tail or "")
        return texts
