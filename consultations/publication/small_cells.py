"""
What the public is told of responses without a name: their group, and the language they came in.

A group or a language that only a few of them share would narrow down who they are, and so would the
two together. So each response is told by a coarsened pair: `told_of` leaves out of it what must not
be told. Of the nameless responses of a consultation that are shown by the same pair there are then
at least `FEWEST`, or none; of those shown by no group, or by a group and no language, as well, so
that nobody is left over where the others are taken away. Whatever counts, filters or shows goes by
the pair that is told, so no count and no combination of filters says more than the pages do.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from portal.small_counts import FEWEST, shown_count

__all__ = ["FEWEST", "Cell", "shown_count", "told_of", "values_told"]

# A group and a language; as told, "" in the place of what is not.
Cell = tuple[str, str]


def told_of(counts: Mapping[Cell, int]) -> dict[Cell, Cell]:
    """
    Return the pair by which the responses of each cell are shown.

    `counts` says how many nameless responses there are of each group and language. Groups come
    first: within one that is told, and among all whose group is not, the languages told are those
    of enough of them.
    """
    groups = values_told(_added_up((group, count) for (group, _), count in counts.items()))
    told: dict[Cell, Cell] = {}
    for shown in (*sorted(groups), ""):
        cells = [cell for cell in counts if (cell[0] if cell[0] in groups else "") == shown]
        languages = values_told(_added_up((cell[1], counts[cell]) for cell in cells))
        told |= {cell: (shown, cell[1] if cell[1] in languages else "") for cell in cells}
    return told


def values_told(counts: Mapping[str, int]) -> frozenset[str]:
    """
    Return the values that may be told, from how many responses have each.

    Those not told are at least `FEWEST` together, or none: else what is left over could be told by
    taking the others away.
    """
    told = {value: count for value, count in counts.items() if count >= FEWEST}
    untold = sum(counts.values()) - sum(told.values())
    # From the smallest on, until those left out hide each other.
    for value, count in sorted(told.items(), key=lambda pair: (pair[1], pair[0])):
        if untold == 0 or untold >= FEWEST:
            break
        del told[value]
        untold += count
    return frozenset(told)


def _added_up(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for value, count in pairs:
        total[value] += count
    return total
