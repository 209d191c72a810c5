"""
Countries and territories: the codes of ISO 3166 and XK, and what they are called.

Names are the CLDR's in the portal's five languages, but for those of `data/country_names.csv`,
which says who reviews it (docs/decisions/0031-states-and-countries.md). No database is asked.
"""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import text
from portal.languages.sorting import sort_key

LANGUAGES = ("en", "fr", "es", "ru", "ar")
DATA = Path(__file__).parent / "data"
# A place that is not told and one that is nowhere in the list are kept alike: as none.
ELSEWHERE: tuple[str, str | Promise] = ("", _("Somewhere else, or I prefer not to say"))


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of two capital letters."""
    return frozenset(row["iso2"] for row in _rows("states.csv"))


def name_of(code: str, language: str | None = None) -> str:
    """Return the name of a code in a language, the active one by default; else the code itself."""
    return names_in(language or get_language() or LANGUAGES[0]).get(code, code)


def names_in(language: str) -> dict[str, str]:
    """Return every name by its code, in the language's order; English for another language."""
    short = language.partition("-")[0]
    return _names_in(short if short in LANGUAGES else LANGUAGES[0])


def choices() -> list[tuple[str, str | Promise]]:
    """Return what a form offers in the active language: every code, and nowhere of these first."""
    return [ELSEWHERE, *names_in(get_language() or LANGUAGES[0]).items()]


@cache
def all_names() -> dict[str, tuple[str, ...]]:
    """Return by code every name, each once: by exception, by the CLDR, and in daily use."""
    found = {code: [names_in(each)[code] for each in LANGUAGES] for code in country_codes()}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in found:
                found[code].append(name)
    for row in _rows("country_names.csv"):
        found[row["code"]] += filter(None, row["also"].split(";"))
    return {code: tuple(dict.fromkeys(names)) for code, names in found.items()}


def codes_named(typed: str) -> frozenset[str]:
    """Return the codes that a text means: a code itself, or part of a name in any language."""
    wanted = folded(text.clean_line(typed))
    if not wanted:
        return country_codes()
    return frozenset(
        code
        for code, names in _folded_names().items()
        if wanted == code.casefold() or any(wanted in name for name in names)
    )


def in_order(
    named: Iterable[tuple[Any, Any]], language: str | None = None
) -> list[tuple[Any, Any]]:
    """Return pairs of anything and a name in the order of a language, by default the active."""
    read_in = language or get_language() or LANGUAGES[0]
    return sorted(named, key=lambda pair: sort_key(str(pair[1]), read_in))


def folded(words: str) -> str:
    """Return a text without case and accents: "cote d'ivoire" finds Côte d’Ivoire."""
    return text.folded(words.replace("’", "'"))


@cache
def _names_in(language: str) -> dict[str, str]:
    named = Locale(language).territories
    names = {code: named[code] for code in country_codes()}
    names |= {row["code"]: row[language] for row in _rows("country_names.csv") if row[language]}
    return dict(in_order(names.items(), language))


@cache
def _folded_names() -> dict[str, tuple[str, ...]]:
    return {code: tuple(map(folded, names)) for code, names in all_names().items()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of data; its head of lines that begin with "#" is for people."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))
