"""
In which language a reader wrote, where that shows: by the script, by words that carry a sentence,
and by letters that only one language has. Two words often do not say.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from portal.search.analysis.stemming import script
from portal.search.analysis.stop_words import is_function_word

OF_SCRIPT = {"cyrillic": "ru", "arabic": "ar"}
LATIN = ("en", "fr", "es")
LETTERS = {"fr": frozenset("çœàâèêëîïôùû"), "es": frozenset("ñáíóú¿¡")}


def written_in(words: Iterable[str]) -> tuple[str, ...]:
    """Return the likeliest language of these words, or two as likely; empty if all may be."""
    signs: Counter[str] = Counter()
    for word in words:
        if other := OF_SCRIPT.get(script(word)):
            signs[other] += 1
        # "UN" is no French article.
        if len(word) > 1 and not word.isupper():
            for language in LATIN:
                signs[language] += is_function_word(word, language)
        letters = set(unicodedata.normalize("NFC", word.casefold()))
        for language, own in LETTERS.items():
            signs[language] += 2 * bool(letters & own)
    most = max(signs.values(), default=0)
    likeliest = tuple(language for language, count in signs.items() if most and count == most)
    return likeliest if len(likeliest) < len(LATIN) else ()
