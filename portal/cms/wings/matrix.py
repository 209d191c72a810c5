"""
The matrix: the commitments of the Code, and what is there under each.

A feature registers in its `AppConfig.ready()` what it counts; the Code and the pages of its
commitments, which know no feature, show all of it. Only what everybody may read is counted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.search.facet_counts import PublicCards
from portal.taxonomy.vocabularies import COMMITMENT


@dataclass(frozen=True)
class Entry:
    """
    One thing that stands in a cell: a short text, and the address of the list that it is of.

    `column` and `commitment` are keys; `text` is plain.
    """

    column: str
    commitment: str
    text: str
    href: str


@dataclass(frozen=True)
class Cell:
    """Entries in one column of a row; without any, the words for nothing stand there."""

    title: str | Promise
    entries: list[Entry]


@dataclass(frozen=True)
class Row:
    """One commitment by its key, with a cell for each column."""

    commitment: str
    label: str
    cells: list[Cell]


# Yields a feature's entries for all commitments at once, so that the number of queries stays as it
# is, whatever is published. What is searched for is counted by the cards, which features share.
Read = Callable[[PublicCards], Iterable[Entry]]


class Matrix:
    """Columns with a title, filled by features; `nothing` is what an empty cell says."""

    def __init__(self, nothing: str | Promise, columns: Mapping[str, str | Promise]) -> None:
        self.nothing = nothing
        self.columns = columns
        self._features: dict[str, Read] = {}

    def register(self, key: str, read: Read) -> None:
        """Have a feature fill cells; the same key again replaces it."""
        self._features[key] = read

    def rows(self, cards: PublicCards) -> list[Row]:
        """Return a row for each commitment, in the Code's order."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for read in self._features.values():
            for entry in read(cards):
                found.setdefault((entry.commitment, entry.column), []).append(entry)
        return [
            Row(
                term.key,
                str(term.label),
                [
                    Cell(title, found.get((term.key, column), []))
                    for column, title in self.columns.items()
                ],
            )
            for term in COMMITMENT
        ]

    def row(self, commitment: str, cards: PublicCards) -> Row | None:
        """Return the row of one commitment; None for a key that is no commitment's."""
        return next((row for row in self.rows(cards) if row.commitment == commitment), None)


# What the portal does.
WORK = Matrix(
    _("Nothing yet"),
    {
        # Translators: heads of a table, over numbers: what there is under a commitment.
        "published": pgettext_lazy("under a commitment", "Published"),
        "asked": pgettext_lazy("under a commitment", "Asked"),
        "answered": pgettext_lazy("under a commitment", "Answered"),
        "decided": pgettext_lazy("under a commitment", "Decided"),
    },
)
# What it lacks.
GAPS = Matrix(
    _("Nothing is missing"),
    {
        "language": _("Languages"),
        "audience": _("Readers"),
        "region": _("Regions"),
    },
)
MATRICES = {"work": WORK, "gaps": GAPS}
