"""
Stems of French, Spanish, Russian and Arabic where the database's own do not suffice.

A card in one of these languages carries the stems of its words in a column of its own, which the
full-text index knows beside its texts; a reader's word is looked for in the texts as typed or
there as its stem. A stem names its language ("export0fr"), so that one language's stem is never
another's word. SQLite stems English only. PostgreSQL stems them all, but takes accents away
first, so that "evaluación" and "evaluaciones" part, and stems "الإنسان" and "إنسان" apart.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import snowballstemmer
from django.db import connection

from portal.text import arabic_letters

ALGORITHMS = {"fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
# Of titles in languages that a card is not in, the stems are kept by every database.
OF_HEADINGS = {**ALGORITHMS, "en": "english"}
# Which languages' cards carry stems, by the kind of database.
KEPT = {"sqlite": tuple(ALGORITHMS), "postgresql": ("es", "ar")}
# How often a stem stands: one of the title weighs as much as so many in the rest.
TITLE_TIMES = 3
# Of titles and summaries in languages that a card is not in, so that they weigh as its own title
# and summary do, however long its text is.
HEADING_TIMES, HEADING_SUMMARY_TIMES = 10, 4

# Letters, digits and their marks: the short vowels of Arabic are marks between letters.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670])*")
_ARABIC_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670]")
# The article, with what may be written before it in one word: "and", "so", "with", "as", "for".
# It goes before the stemmer.
ARABIC_ARTICLE = r"^[وف]?(?:[بك]?ال|لل)(?=\w{3})"
# What stemmers leave: "by" and "for" before a stem; behind it the rest of a plural or of an
# object's ending. Many a word begins with one of these letters by itself: all its forms lose it,
# for they have one stem by then.
ARABIC_REST = r"^و?[بل]{1,2}(?=\w{3})|(?<=\w{3})ا$"
_SCRIPTS = {"en": "latin", "fr": "latin", "es": "latin", "ru": "cyrillic", "ar": "arabic"}
_SCRIPT_STARTS = ((0x0600, 0x06FF, "arabic"), (0x0400, 0x052F, "cyrillic"), (0, 0x024F, "latin"))


def kept_stems(language: str, title: str, summary: str, body: str) -> str:
    """Return what a card's column of stems holds: nothing for English, or if the database stems."""
    if language not in kept_languages():
        return ""
    return _weighed_stems(language, [(title, TITLE_TIMES), (summary, 1), (body, 1)])


def stems_of_headings(headings: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return what the column holds of titles and summaries in languages that a card is not in."""
    return [
        _weighed_stems(language, [(title, HEADING_TIMES), (summary, HEADING_SUMMARY_TIMES)])
        for language, (title, summary) in headings.items()
        if language in OF_HEADINGS
    ]


def _weighed_stems(language: str, texts: Sequence[tuple[str, int]]) -> str:
    return " ".join(
        token for text, times in texts for token in _tokens(text, language) for _ in range(times)
    )


def kept_languages() -> Sequence[str]:
    """Return the languages whose cards carry stems in this database."""
    return KEPT.get(connection.vendor, ())


def query_stems(word: str) -> dict[str, str]:
    """Language to the stem that stands for a reader's word in it; those of the word's script."""
    own = script(word)
    tokens = {code: _token(word, code) for code in OF_HEADINGS if _SCRIPTS[code] == own}
    return {code: token for code, token in tokens.items() if token}


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a word in this language, without accents; empty where nothing is left."""
    word = word.casefold()
    if language == "ar":
        word = re.sub(ARABIC_ARTICLE, "", _ARABIC_MARKS.sub("", arabic_letters(word)))
    stemmed = _stemmer(language).stemWord(word)
    if language == "ar":
        stemmed = re.sub(ARABIC_REST, "", stemmed)
    if language == "ru":
        # й is a letter of its own there, not и with a mark.
        return stemmed
    return without_marks(stemmed)


@lru_cache(maxsize=20_000)
def index_stem(word: str) -> str:
    """Return what SQLite's full-text index takes a word for, whatever its language: "porter"."""
    return str(_porter().stemWord(without_marks(word.casefold())))


def has_stem_in(word: str, language: str, stems: Collection[str]) -> bool:
    """Say whether the stem of the word is one of these; quick if it does not even begin as one."""
    # Arabic words begin with what their stems leave out.
    if language != "ar" and not any(one.startswith(_initial(word[0])) for one in stems):
        return False
    return stem(word, language) in stems


@lru_cache(maxsize=1_000)
def _initial(character: str) -> str:
    folded = character.casefold()
    cyrillic = "\u0400" <= folded <= "\u052f"
    return folded.replace("ё", "е") if cyrillic else without_marks(folded)[:1]


def without_marks(text: str) -> str:
    """Return the text without accents and other marks on its letters."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(character)
    )


def _tokens(text: str, language: str) -> Iterator[str]:
    """Yield each stem of a text once, in the order in which they first come."""
    words = dict.fromkeys(WORD.findall(unicodedata.normalize("NFC", text)))
    return iter(dict.fromkeys(token for word in words if (token := _token(word, language))))


def _token(word: str, language: str) -> str:
    stemmed = stem(word, language)
    return f"{stemmed}0{language}" if stemmed else ""


def script(word: str) -> str:
    """Return which of "latin", "cyrillic" or "arabic" the word begins in; else empty."""
    first = ord(unicodedata.normalize("NFKD", word)[0])
    return next((name for low, high, name in _SCRIPT_STARTS if low <= first <= high), "")


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(OF_HEADINGS[language])


@cache
def _porter() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("porter")
