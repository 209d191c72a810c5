"""
The order in which a list stands in a language.

Accents, hamza and vowel signs do not count, nor does the Arabic article at the beginning, as in
printed lists. Letters that an alphabet gives a place of their own keep it.
"""

from portal.text import folded

# Letters that Unicode takes apart, and after which letter they stand where they are letters.
OWN_PLACE = {
    "es": str.maketrans({"ñ": "n\uffff"}),
    "ru": str.maketrans({"й": "и\uffff"}),
}
ARTICLE = "ال"

SortKey = tuple[str, str]


def sort_key(text: str, language: str) -> SortKey:
    """Return what puts texts in the order of a language ("ar") when lists are sorted by it."""
    small = text.casefold()
    if language == "ar":
        small = small.removeprefix(ARTICLE)
    placed = small.translate(OWN_PLACE.get(language, {})).replace("’", "'")
    return folded(placed), text
