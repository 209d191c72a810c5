"""
Which groups the public is told of responses without a name.

A group that only a few of them belong to would narrow down who they are, so it is told only where
at least `FEWEST` of a consultation's published nameless responses share it, and where those whose
group is not told are at least as many, or none: else the group left over could be told by taking
the others away. Whatever counts or narrows by group goes by what is told here, so no count and no
combination of filters says more than the pages do.
"""

from collections.abc import Mapping

FEWEST = 5


def groups_told(counts: Mapping[str, int]) -> frozenset[str]:
    """The groups that may be told, from how many nameless responses belong to each."""
    told = {group: count for group, count in counts.items() if count >= FEWEST}
    untold = sum(counts.values()) - sum(told.values())
    # From the smallest on, until those left out hide each other.
    for group, count in sorted(told.items(), key=lambda pair: (pair[1], pair[0])):
        if untold == 0 or untold >= FEWEST:
            break
        del told[group]
        untold += count
    return frozenset(told)


def shown_count(count: int) -> int | None:
    """A count of what is not shown one by one; None where it is too small to be told, but not 0."""
    return None if 0 < count < FEWEST else count
