"""What is wrong with the glossary's files, each fault in a sentence with the line that it is in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from knowledge.glossary.terms import (
    FIELDS,
    SOURCE_COLUMNS,
    SOURCES,
    TERM_COLUMNS,
    TERMS,
    Row,
    parted,
)
from portal.formulas import is_formula
from portal.stakeholders.countries import LANGUAGES
from portal.text import arabic_letters, plain

KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# How Unicode's names of a language's letters begin, and how much else may stand in a term: a
# Russian one may hold "IP", an Arabic one holds Latin letters in its remark alone.
LETTERS = {"en": "LATIN", "fr": "LATIN", "es": "LATIN", "ru": "CYRILLIC", "ar": "ARABIC"}
MOST_OTHERS = {"ru": 0.2}


def faults_of(terms: Sequence[Row], sources: Sequence[Row]) -> list[str]:
    """Return the faults of these rows; none where the glossary can be shown."""
    faults = [*_wrong_columns(TERMS, terms, TERM_COLUMNS)]
    faults += _wrong_columns(SOURCES, sources, SOURCE_COLUMNS)
    return faults or [*_faults_of_terms(terms, sources), *_faults_of_sources(terms, sources)]


def _wrong_columns(name: str, rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    if not rows:
        yield f"{name} has no rows."
        return
    for line, row in _lines(rows):
        if tuple(row) != tuple(columns) or None in row.values():
            yield f"{name}, line {line}: the columns are {', '.join(columns)}, parted by commas."
            return


def _faults_of_terms(terms: Sequence[Row], sources: Sequence[Row]) -> Iterator[str]:
    times = Counter(row["key"] for row in terms)
    language_of = {row["key"]: row["language"] for row in sources}
    for line, row in _lines(terms):
        where = f"{TERMS}, line {line} ({row['key']}): "
        if not KEY.fullmatch(row["key"]):
            yield f"{where}a key has small letters, digits and hyphens."
        if times[row["key"]] > 1:
            yield f"{where}the key stands twice."
        if row["field"] not in FIELDS:
            yield f"{where}there is no field “{row['field']}”."
        for column, cell in row.items():
            if fault := _fault_of_cell(cell):
                yield f"{where}{column} {fault}."
        for language in LANGUAGES:
            if fault := _fault_of_wording(language, row[language]):
                yield f"{where}{language} {fault}."
            key = row[f"source_{language}"]
            if key and language_of.get(key) != language:
                yield f"{where}{SOURCES} has no source “{key}” in the language {language}."


def _faults_of_sources(terms: Sequence[Row], sources: Sequence[Row]) -> Iterator[str]:
    times = Counter(row["key"] for row in sources)
    cited = {row[f"source_{language}"] for row in terms for language in LANGUAGES}
    for line, row in _lines(sources):
        where = f"{SOURCES}, line {line} ({row['key']}): "
        if not KEY.fullmatch(row["key"]):
            yield f"{where}a key has small letters, digits and hyphens."
        if times[row["key"]] > 1:
            yield f"{where}the key stands twice."
        if row["key"] not in cited:
            yield f"{where}no term has this source."
        if row["language"] not in LANGUAGES:
            yield f"{where}there is no language “{row['language']}”."
        if not row["title"]:
            yield f"{where}the title is missing."
        for column, cell in row.items():
            if fault := _fault_of_cell(cell):
                yield f"{where}{column} {fault}."
        if not _is_address(row["address"]):
            yield f"{where}the address must be whole, without spaces, and begin with https:// or http://."
        if row["official"] not in ("", "yes"):
            yield f"{where}official is “yes” or empty."
        if row["official"] and not row["address"].startswith("https://"):
            yield f"{where}pages lead to an official address, so it begins with https://."


def _fault_of_cell(cell: str) -> str:
    """Return what no cell may have, "" where all is well."""
    if cell != cell.strip() or "  " in cell:
        return "has a stray space"
    if cell != plain(cell) or "\n" in cell or "\t" in cell:
        return "has signs that nobody sees, a second line, or letters that are not composed"
    return "begins like a formula" if is_formula(cell) else ""


def _fault_of_wording(language: str, wording: str) -> str:
    """Return what a term in a language may not be like, "" where all is well."""
    text, remark = parted(wording)
    if not text:
        return "is missing"
    if "(" in text or ")" in text:
        return "has brackets elsewhere than at its end"
    if remark != remark.strip():
        return "has a stray space"
    letters = [unicodedata.name(each, "") for each in text if each.isalpha()]
    own = sum(name.startswith(LETTERS[language]) for name in letters)
    if own < len(letters) * (1 - MOST_OTHERS.get(language, 0)) or not own:
        return "has letters of another alphabet"
    if language == "ar" and arabic_letters(text) != text:
        return "has a kashida, or letters of Persian or Urdu that look like Arabic ones"
    return ""


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in ("https", "http") and bool(parts.netloc) and not re.search(r"\s", address)
    )


def _lines(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line in a file of which the first line names the columns."""
    return enumerate(rows, start=2)
