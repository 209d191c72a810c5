"""
The language of a text, told from its commonest words, for the voice that reads it out.

What a document says of its language is that of somebody's machine, as often as not, and nobody
sees it.
"""

import re
from collections import Counter

UNKNOWN = "und"
COMMON = {
    "ar": "في من على أن إلى التي هذا عن هذه لا ما",
    "de": "der die und das ist nicht mit von für auf den",
    "en": "the of and to in is that for are be this",
    "es": "el los las que en y una por del con para",
    "fa": "که را این است به برای های با آن می از",
    "fr": "le les des et une que dans est pour du qui",
    "pt": "o os as que em e uma por do da não",
    "ru": "и в не на что с по для это как от",
    "tr": "ve bir bu için ile da de olarak olan daha",
    "uk": "і в не на що з для та це як від",
    "ur": "کے میں کی ہے اور سے کو کا یہ پر نے",
    "zh": "的 是 在 了 和 有 不",
}
LONG_ENOUGH = 5  # common words, below which anything could be any language


def language_of(text: str) -> str:
    """Return a language's code, "und" for those not known here and for a few words."""
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    words.update(letter for letter in text if letter in COMMON["zh"])
    scores = Counter(
        {code: sum(words[word] for word in common.split()) for code, common in COMMON.items()}
    )
    (best, most), (_, second) = scores.most_common(2)
    return best if most >= LONG_ENOUGH and most > second else UNKNOWN
