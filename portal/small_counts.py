"""Counts of people that are too small to be told: they would say who somebody is."""

FEWEST = 5


def shown_count(count: int) -> int | None:
    """Return a count of what is not shown singly; None if it is too small to be told, but not 0."""
    return None if 0 < count < FEWEST else count
