"""
Scripts: in which one most of a text is written, and whether its language is ever written so.

Only those are told apart that a whole language is known by: Arabic, Chinese, Cyrillic, Latin.
Which language is written how is the CLDR's, through Babel. No database is asked.
"""

import unicodedata
from collections import Counter
from functools import cache

from babel.core import get_global
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# The first word of the names of their letters in Unicode, and the script's code (ISO 15924).
SCRIPT_OF = {"ARABIC": "Arab", "CJK": "Hani", "CYRILLIC": "Cyrl", "LATIN": "Latn"}
NAMES: dict[str, Promise] = {
    "Arab": pgettext_lazy("the letters of a text", "Arabic"),
    "Hani": pgettext_lazy("the letters of a text", "Chinese"),
    "Cyrl": pgettext_lazy("the letters of a text", "Cyrillic"),
    "Latn": pgettext_lazy("the letters of a text", "Latin"),
}
# Codes of the CLDR for ways of writing that use Chinese characters.
WITH_CHINESE = {"Hans", "Hant", "Hanb", "Jpan", "Kore"}
# A name or a code tells nothing of a language, nor do a few foreign words in a text.
FEWEST_LETTERS = 10
MOST = 0.8


def other_script(text: str, language: str) -> Promise | None:
    """
    Return the name of the script of most letters, if the language is never written in it.

    None where text and language agree, where the text is short or mixed, and where the script or
    how the language is written is not known.
    """
    letters: Counter[str] = Counter()
    for each, times in Counter(text).items():
        if each.isalpha():
            letters[unicodedata.name(each, "").partition(" ")[0]] += times
    if not letters or letters.total() < FEWEST_LETTERS:
        return None
    kind, count = letters.most_common(1)[0]
    script, written = SCRIPT_OF.get(kind), _scripts_of(language)
    if script is None or not written or script in written or count < MOST * letters.total():
        return None
    return NAMES[script]


@cache
def _scripts_of(language: str) -> frozenset[str]:
    """Return the codes of all scripts that the CLDR knows a language in."""
    known = (each.split("_") for each in get_global("likely_subtags").values())
    found = {parts[1] for parts in known if parts[0] == language}
    return frozenset(found | ({"Hani"} if found & WITH_CHINESE else set()))
