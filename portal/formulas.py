"""
What a spreadsheet would run when it opens a table: one rule for tables in and out (decision 0033).

A cell is a formula if it begins with "=", or with "+", "-" or "@" and then calls a function, a
program or another sheet. A number with its sign, a telephone number, and a dash before words are
none: those say the same in a spreadsheet as everywhere else.
"""

import re
from collections.abc import Iterable

BEGINS = re.compile(r"[\s\x00-\x1f]*([=\uff1d]\s*\S|[+\-@\uff0b\uff0d\uff20\u2212])")
# A function's name and its bracket, behind a sign also with a blank between; a program
# ("cmd|…!A0"); a cell of another sheet or file.
CALLS = re.compile(
    r"[^\W\d][\w.]*\(|[-+*/^&=<>@(\uff0b\uff0d\uff20\u2212]\s*[^\W\d][\w.]*\s+\(|\|.*!|![$A-Za-z]",
    re.S,
)


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would run a cell."""
    begun = BEGINS.match(cell)
    if begun is None:
        return False
    return begun[1][0] in "=\uff1d" or CALLS.search(cell, begun.start(1)) is not None


def safe(cells: Iterable[str]) -> list[str]:
    """Return cells of which none is run: an apostrophe stands before each that would be."""
    return [f"'{cell}" if is_formula(cell) else cell for cell in cells]
