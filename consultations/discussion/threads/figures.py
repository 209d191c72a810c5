"""How many comments a thread has of each group, and how many stand before a page of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from consultations.discussion.threads.queries import COUNT_LIMIT, CommentRow
from portal.taxonomy.vocabularies import GROUP

# Beyond this many of a group nobody counts by hand, and a count costs a walk through the index.
MOST_OF_GROUP = 1_000
# Ordered, so that a database walks the index of that order: the few official ones have their own.
COUNTED = """(
SELECT COUNT(*) FROM (
    SELECT 1 FROM discussion_comment WHERE thread_id = %s AND {condition} ORDER BY {place} LIMIT %s
) counted)"""


class Figures(NamedTuple):
    """
    Counts of a whole thread that its pages show. Hidden comments count; they keep their place.

    `by_group` and `official` end at MOST_OF_GROUP. `before` is how many comments of the list come
    before the page; None beyond COUNT_LIMIT, and for a part of the thread with the newest first.
    """

    by_group: dict[str, int]
    official: int
    before: int | None


NO_FIGURES = Figures(dict.fromkeys(GROUP.keys, 0), 0, 0)


def figures_of(
    thread_id: int, rows: Sequence[CommentRow], *, newest: bool, group: str, official: bool
) -> Figures:
    """Count a thread around the first of a page's comments, in one query of a bounded cost."""
    counts: list[tuple[str, str, list[Any], int]] = [
        ('"group" = %s', "path", [term.key], MOST_OF_GROUP) for term in GROUP
    ]
    counts.append(("is_official", "path", [], MOST_OF_GROUP))
    if not (newest and (group or official)):  # no index has those in that order
        place = "id" if newest else "path"
        condition = "id > %s" if newest else "path < %s"
        values: list[Any] = [getattr(rows[0], place)] if rows else [0 if newest else ""]
        if group:
            condition, values = f'"group" = %s AND {condition}', [group, *values]
        if official:
            condition = f"is_official AND {condition}"
        counts.append((condition, place, values, COUNT_LIMIT + 1))
    sql = ", ".join(COUNTED.format(condition=each[0], place=each[1]) for each in counts)
    given = [value for *_sql, own, most in counts for value in (thread_id, *own, most)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", given)
        found = cursor.fetchone()
    of_groups, (answers, *before) = found[: len(GROUP.keys)], found[len(GROUP.keys) :]
    by_group = dict(zip(GROUP.keys, of_groups, strict=True))
    is_known = before and before[0] <= COUNT_LIMIT
    return Figures(by_group, answers, before[0] if is_known else None)


def by_group(thread_id: int) -> dict[str, int]:
    """Count the comments of each group, no further than MOST_OF_GROUP; in one query."""
    return figures_of(thread_id, (), newest=True, group="", official=True).by_group


def at_most(count: int) -> int | str:
    """Return a count of a group as it is told to readers: "1,000+" where it ended there."""
    return count if count < MOST_OF_GROUP else f"{MOST_OF_GROUP:,}+"
