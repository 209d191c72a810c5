"""What was probably meant by a text that finds nothing, or next to nothing."""

import re
import unicodedata
from collections.abc import Container

from portal.search.analysis.syntax import MAX_LENGTH, parse
from portal.search.vocabulary.statistics import spelling

# Each word to try costs a statement or two; a search that finds nothing has time for a few.
MOST_TRIED = 6


def respelt(text: str, known: Container[str] = ()) -> str:
    """
    Return the text with its misspelt words replaced, signs kept; empty where there are none.

    A `known` word is spelt right, though nothing has it: the name of a state, say.
    """
    text = unicodedata.normalize("NFC", text[:MAX_LENGTH])
    words = dict.fromkeys(word for term in parse(text).terms() for word in term.words)
    replaced = text
    for word in list(words)[:MOST_TRIED]:
        if word not in known and (meant := spelling(word)):
            replaced = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant, replaced)
    return replaced if replaced != text else ""
