"""
The world as dots: which cells of a grid are whose land, and how they are drawn.

`data/dots.csv` is made by `docs/dots/make.py`; decision 50 says what it rests on.
"""

import csv
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from portal.cms.shelves import DotMap

DATA = Path(__file__).parent / "data" / "dots.csv"

Cell = tuple[int, int]  # row, column


def dot_map(codes: Iterable[str]) -> DotMap:
    """Draw the world with the land of these codes marked; a code without a cell is left out."""
    return _drawn(frozenset(codes))


@lru_cache(maxsize=16)
def _drawn(codes: frozenset[str]) -> DotMap:
    cells = _cells()
    marked = [cell for code in codes for cell in cells.get(code, ())]
    land = [cell for code, each in cells.items() if code not in codes for cell in each]
    every = [*marked, *land]
    return DotMap(
        # The stylesheet's dashes make of each line one dot or square for each cell.
        land="".join(f"M{x}.5 {y}.5h{length - 1}.1" for y, x, length in _runs(land)),
        marked="".join(f"M{x}.15 {y}.5h{length - 1}.7" for y, x, length in _runs(marked)),
        columns=max(x for _y, x in every) + 1,
        rows=max(y for y, _x in every) + 1,
    )


@cache
def _cells() -> dict[str, list[Cell]]:
    with DATA.open(encoding="utf-8", newline="") as rows:
        return {row["iso2"]: list(_read(row["cells"])) for row in csv.DictReader(rows)}


def _read(text: str) -> Iterable[Cell]:
    """Yield the cells of runs such as "12.40-43 13.40": the row, and from which column to which."""
    for run in text.split():
        row, _dot, columns = run.partition(".")
        first, _dash, last = columns.partition("-")
        for column in range(int(first), int(last or first) + 1):
            yield int(row), column


def _runs(cells: Iterable[Cell]) -> Iterable[tuple[int, int, int]]:
    """Yield the row, the first column and the length of each unbroken run of cells."""
    run: list[int] = []
    for y, x in sorted(cells):
        if run and run[0] == y and run[1] + run[2] == x:
            run[2] += 1
        else:
            if run:
                yield run[0], run[1], run[2]
            run = [y, x, 1]
    if run:
        yield run[0], run[1], run[2]
