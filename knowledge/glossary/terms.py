"""
The glossary: terms in five languages, each with where it was seen.

`data/terms.csv` and `data/sources.csv` hold it, for people to mend in a spreadsheet; no database is
asked. A term that stands in no published text, as far as we saw, was chosen by the portal's own
translators and has no source. What the files must be like is said in `faults`.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.stakeholders.countries import LANGUAGES
from portal.taxonomy.languages import name_of

DATA = Path(__file__).parent / "data"
TERMS, SOURCES = "terms.csv", "sources.csv"
FIELDS: dict[str, str | Promise] = {
    "control": _("Export control"),
    "rights": _("Human rights"),
    "technology": _("Technology"),
    "consultation": _("Consultations"),
    "portal": _("This portal"),
}
TERM_COLUMNS = (
    *("key", "field", *LANGUAGES),
    *(f"source_{language}" for language in LANGUAGES),
    "note",
)
SOURCE_COLUMNS = ("key", "language", "title", "address", "official")
# What stands in brackets at the end is said about a term and is no part of it.
REMARK = re.compile(r"(.+?)\s\(([^()]+)\)")

Row = Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """
    A published text: its title in its own language, and the address at which we read it.

    `is_official` says that a public body publishes it there. Other addresses may change hands:
    pages name their `host` and do not lead to them.
    """

    key: str
    number: int
    language: str
    title: str
    address: str
    is_official: bool

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc


@dataclass(frozen=True)
class Wording:
    """A term in one language, a remark on it there, and the text in which it was seen."""

    language: str
    text: str
    remark: str
    source: Source | None

    @property
    def language_name(self) -> str:
        return name_of(self.language)


@dataclass(frozen=True)
class Term:
    """A concept by its key, which addresses end in, with its wording in each language."""

    key: str
    field: str
    note: str
    wordings: Mapping[str, Wording]

    def in_language(self, language: str) -> Wording:
        return self.wordings[language]

    def in_others(self, language: str) -> list[Wording]:
        return [wording for each, wording in self.wordings.items() if each != language]


def readers_language() -> str:
    """Return the active language, or English where the glossary has no terms in it."""
    short = (get_language() or LANGUAGES[0]).partition("-")[0]
    return short if short in LANGUAGES else LANGUAGES[0]


def rows_of(name: str) -> list[Row]:
    """Return the rows of a file of data; a spreadsheet may have put a mark before the first."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def glossary() -> tuple[Term, ...]:
    """Return every term, in the order of the file: by field, then from general to special."""
    found = {source.key: source for source in sources()}
    return tuple(_term(row, found) for row in rows_of(TERMS))


@cache
def sources() -> tuple[Source, ...]:
    """Return every source, numbered from 1 in the order of the file."""
    return tuple(
        Source(
            key=row["key"],
            number=number,
            language=row["language"],
            title=row["title"],
            address=row["address"],
            is_official=row["official"] == "yes",
        )
        for number, row in enumerate(rows_of(SOURCES), start=1)
    )


def parted(text: str) -> tuple[str, str]:
    """Return a term and the remark in brackets at its end, "" where there is none."""
    remarked = REMARK.fullmatch(text)
    return (remarked[1], remarked[2]) if remarked else (text, "")


def _term(row: Row, found: Mapping[str, Source]) -> Term:
    return Term(
        key=row["key"],
        field=row["field"],
        note=row["note"],
        wordings={
            language: Wording(
                language, *parted(row[language]), found.get(row[f"source_{language}"])
            )
            for language in LANGUAGES
        },
    )


def cited_in(terms: Sequence[Term]) -> list[Source]:
    """Return the sources of these terms, each once, in the order of their numbers."""
    cited = {
        wording.source for term in terms for wording in term.wordings.values() if wording.source
    }
    return sorted(cited, key=lambda source: source.number)
