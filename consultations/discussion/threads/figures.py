"""How many comments a thread has of each group, and how many stand before a page of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from consultations.discussion.threads.queries import COUNT_LIMIT, CommentRow
from portal.taxonomy.vocabularies import GROUP

# Beyond this many of a group nobody counts by hand, and a count costs a walk through the index.
MOST_OF_GROUP = 1_000
# Ordered, so that a database walks the index of that order: the few official ones have their own.
ONE_COUNT = """(
SELECT COUNT(*) FROM (
    SELECT 1 FROM discussion_comment
    WHERE thread_id = {thread} AND {condition} ORDER BY {place} LIMIT %s
) counted)"""

THREAD_OF = "(SELECT id FROM discussion_thread WHERE consultation_id = %s)"


class Figures(NamedTuple):
    """
    Counts of a whole thread that its pages show. Hidden comments count; they keep their place.

    `by_group` and `official` end at MOST_OF_GROUP. `before` is how many comments of the list come
    before the page; None beyond COUNT_LIMIT, and for a part of the thread with the newest first.
    """

    by_group: dict[str, int]
    official: int
    before: int | None


class Size(NamedTuple):
    """Numbers of comments of a thread, hidden ones too: to COUNT_LIMIT, and of a group to its."""

    comments: int
    by_group: dict[str, int]


class Counted(NamedTuple):
    """A condition in SQL with its values, the index to walk along, and where counting ends."""

    condition: str
    place: str
    values: list[Any]
    most: int


NO_FIGURES = Figures(dict.fromkeys(GROUP.keys, 0), 0, 0)


def figures_of(
    thread_id: int, rows: Sequence[CommentRow], *, newest: bool, group: str, official: bool
) -> Figures:
    """Count a thread around the first of a page's comments, in one query of a bounded cost."""
    counts = [*_of_groups(), Counted("is_official", "path", [], MOST_OF_GROUP)]
    if not (newest and (group or official)):  # no index has those in that order
        place = "id" if newest else "path"
        condition = "id > %s" if newest else "path < %s"
        values: list[Any] = [getattr(rows[0], place)] if rows else [0 if newest else ""]
        if group:
            condition, values = f'"group" = %s AND {condition}', [group, *values]
        if official:
            condition = f"is_official AND {condition}"
        counts.append(Counted(condition, place, values, COUNT_LIMIT + 1))
    found = _count(thread_id, counts)
    of_groups, (answers, *before) = found[: len(GROUP.keys)], found[len(GROUP.keys) :]
    is_known = before and before[0] <= COUNT_LIMIT
    told = dict(zip(GROUP.keys, of_groups, strict=True))
    return Figures(told, answers, before[0] if is_known else None)


def size_of(consultation_id: int) -> Size:
    """Count the comments on a consultation, all and by group, in one query of a bounded cost."""
    counts = [*_of_groups(), Counted("TRUE", "path", [], COUNT_LIMIT)]
    *of_groups, comments = _count(consultation_id, counts, thread=THREAD_OF)
    return Size(comments, dict(zip(GROUP.keys, of_groups, strict=True)))


def _of_groups() -> list[Counted]:
    return [Counted('"group" = %s', "path", [key], MOST_OF_GROUP) for key in GROUP.keys]


def _count(key: int, counts: Sequence[Counted], thread: str = "%s") -> tuple[int, ...]:
    """Count each in the thread that `thread` finds by a key, in one query."""
    sql = ", ".join(
        ONE_COUNT.format(thread=thread, condition=each.condition, place=each.place)
        for each in counts
    )
    given = [value for each in counts for value in (key, *each.values, each.most)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", given)
        return tuple(cursor.fetchone())


def at_most(count: int) -> int | str:
    """Return a count of a group as it is told to readers: "1,000+" where it ended there."""
    return count if count < MOST_OF_GROUP else f"{MOST_OF_GROUP:,}+"
