"""Finding terms, in the order of the reader's language."""

from functools import cache

from knowledge.glossary.terms import FIELDS, Term, glossary, readers_language
from portal.languages.sorting import sort_key
from portal.text import folded

ARTICLE = "ال"


def find_terms(*, words: str = "", field: str = "") -> list[Term]:
    """
    Return the terms of a field that have all of these words in one language; empty means any.

    Part of a word is enough. Case, accents, hamza, vowel signs and the Arabic article do not count.
    A field that does not exist has no terms.
    """
    language = readers_language()
    wanted = [each.removeprefix(ARTICLE) or each for each in _folded(words).split()]
    found = [
        term
        for term in glossary()
        if field in ("", term.field) and (not wanted or _has(term, wanted))
    ]
    return sorted(found, key=lambda term: sort_key(term.in_language(language).text, language))


def counts() -> dict[str, int]:
    """Return how many terms each field has."""
    return {key: sum(term.field == key for term in glossary()) for key in FIELDS}


def _has(term: Term, wanted: list[str]) -> bool:
    return any(all(word in text for word in wanted) for text in _texts()[term.key])


@cache
def _texts() -> dict[str, list[str]]:
    """Return what is looked for in, by key: each wording with its remark."""
    return {
        term.key: [_folded(f"{each.text} {each.remark}") for each in term.wordings.values()]
        for term in glossary()
    }


def _folded(text: str) -> str:
    return folded(text.replace("’", "'"))
