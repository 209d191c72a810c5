"""From an engine's highlights to safe HTML."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from portal.search.analysis.stemming import WORD

# Engines put these around what they found. `cards.clean` lets no control character into a card,
# so they can come from nowhere else.
START, STOP = "\x02", "\x03"
_MARKED = re.compile(f"{START}(.*?){STOP}", re.DOTALL)
_MARKED_OR_WORD = re.compile(f"{START}.*?{STOP}|{WORD.pattern}", re.DOTALL)
LONGEST_MARKED = 30_000
# Excerpts begin a little before what was found, so that it is read in its sentence.
WORDS_BEFORE = 6
# Of a text that holds the words again and again, no more than these beginnings are compared.
MOST_COMPARED = 50


def marked(text: str) -> Markup:
    """Return the text as HTML: everything escaped, what stood between sentinels in `<mark>`."""
    # Nothing but our own tags is added after escaping.
    html = _MARKED.sub(r"<mark>\1</mark>", str(escape(text)))
    return Markup(html.replace(START, "").replace(STOP, ""))  # noqa: S704


def excerpt(text: str, length: int) -> str:
    """
    Cut at most `length` words from a text with sentinels: where most of what was asked is.

    Takes time in proportion to the text, however often the words stand in it.
    """
    words = text.split()
    places = [place for place, word in enumerate(words) if START in word]
    best, most = 0, 0
    for first in places[:MOST_COMPARED]:
        window = words[first : first + length - WORDS_BEFORE]
        different = len({word.casefold() for word in window if START in word})
        if different > most:
            best, most = max(0, first - WORDS_BEFORE), different
    shown = " ".join(words[best : best + length])
    return f"{'…' if best else ''}{shown}{'…' if best + length < len(words) else ''}"


def mark_words(text: str, is_wanted: Callable[[str], bool]) -> str:
    """
    Return the text with sentinels around every word that is wanted, beside those that are there.

    Only the first `LONGEST_MARKED` characters are looked at.
    """

    def mark(match: re.Match[str]) -> str:
        word = match[0]
        return f"{START}{word}{STOP}" if word[0] != START and is_wanted(word) else word

    return _MARKED_OR_WORD.sub(mark, text[:LONGEST_MARKED]) + text[LONGEST_MARKED:]
