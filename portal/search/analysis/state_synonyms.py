"""
Names of states as synonyms of each other, whatever editors write beside them.

In Russian and Arabic a name is known in its other forms too ("Нидерландах"), by its stem.
"""

from collections.abc import Collection
from functools import cache

from portal.curation.normalisation import key_of
from portal.search.analysis.language_detection import OF_SCRIPT
from portal.search.analysis.stemming import script, stem
from portal.search.analysis.stop_words import FUNCTION_WORDS
from portal.stakeholders.countries import all_names, folded

# Of shorter stems ordinary words are made, too: of Georgia's, "груз", cargo.
SHORTEST_STEM = 5
# The island of Réunion is a meeting in French and in Spanish.
ORDINARY_WORDS = frozenset({"reunion", "la reunion"})


def states_having(keys: Collection[str]) -> list[list[str]]:
    """Return for each key (`normalisation.key_of`) that names a state: it, and its names."""
    names = _names_by_form()
    return [[key, *names[form]] for key in keys if (form := _form(key)) in names]


@cache
def _names_by_form() -> dict[str, tuple[str, ...]]:
    """Togo's name is also Russian for "of that": what says nothing names no state."""
    return {
        _form(key): names
        for names in all_names().values()
        for key in map(key_of, names)
        if folded(key) not in ORDINARY_WORDS
        and not any(key in words for words in FUNCTION_WORDS.values())
    }


def _form(key: str) -> str:
    """Return what forms of one name have in common."""
    language = OF_SCRIPT.get(script(key)) if key else None
    if not language:
        return key
    stems = [stem(word, language) for word in key.split()]
    return key if min(map(len, stems)) < SHORTEST_STEM else " ".join(stems)
