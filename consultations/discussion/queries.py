"""
How comments are read: by keyset, in a fixed number of queries, as plain values.

A page of a thread is a range of the unique (thread, path) index, so its cost does not depend on
where in the thread it lies or how long the thread is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Q

from consultations.calls.models import ConsultationPage

PAGE_SIZE = 100
# How many comments before the one that a permalink names are shown with it.
CONTEXT = 10
# Exact counts cost a walk through the index; beyond this many nobody counts by hand.
COUNT_LIMIT = 10_000


class Standing(NamedTuple):
    """What decides whether a discussion may be written to; read afresh inside each transaction."""

    live: bool
    discussion_enabled: bool
    opens_at: datetime
    closes_at: datetime
    outcome_published_at: datetime | None
    cancelled_at: datetime | None
    thread_id: int | None
    thread_closed_at: datetime | None


class ThreadQuerySet(models.QuerySet[Any]):
    def standing(self, consultation_id: int) -> Standing:
        """
        The consultation's dates and the state of its thread, in one query.

        `thread_id` is None where nobody has written yet. Raises ConsultationPage.DoesNotExist.
        """
        return Standing._make(
            ConsultationPage.objects.order_by()
            .values_list(
                "live",
                "discussion_enabled",
                "opens_at",
                "closes_at",
                "outcome_published_at",
                "cancelled_at",
                "thread__id",
                "thread__closed_at",
            )
            .get(pk=consultation_id)
        )


class CommentRow(NamedTuple):
    """One comment as the thread page shows it. Names are None where an account is gone."""

    id: int
    path: str
    parent_id: int | None
    group: str
    body: str
    language: str
    is_official: bool
    created_at: datetime
    edited_at: datetime | None
    hidden_reason: str
    author_id: int | None
    author_name: str | None
    affiliation: str | None
    organisation: str | None
    parent_name: str | None
    parent_hidden: str | None


COLUMNS = (
    "id",
    "path",
    "parent_id",
    "group",
    "body",
    "language",
    "is_official",
    "created_at",
    "edited_at",
    "hidden_reason",
    "author_id",
    "author__name",
    "author__affiliation",
    "author__organisation__name",
    "parent__author__name",
    "parent__hidden_reason",
)


class CommentPage(NamedTuple):
    """
    A page of comments in the order asked for.

    `before` and `after` are the ids to ask the neighbouring pages with; None where there is none.
    """

    rows: Sequence[CommentRow]
    before: int | None
    after: int | None


class CommentQuerySet(models.QuerySet[Any]):
    def of_thread(self, thread_id: int, group: str = "") -> "CommentQuerySet":
        """Comments of a thread, hidden ones too (they keep their place); of one group if named."""
        found = self.filter(thread_id=thread_id)
        return found.filter(group=group) if group else found

    def shown(self) -> "CommentQuerySet":
        """Comments that no moderator has hidden."""
        return self.filter(hidden_at__isnull=True)

    def with_author(self) -> "CommentQuerySet":
        """Comments with everything that shows one of them, in one query."""
        return self.select_related("author__organisation", "parent__author", "thread__consultation")

    def count_up_to_limit(self, consultation_id: int) -> int:
        """How many comments it has, hidden ones too; counts no further than COUNT_LIMIT."""
        found = self.filter(thread__consultation=consultation_id).order_by()
        return found[:COUNT_LIMIT].count()

    def written_by_since(self, author_id: int, since: datetime) -> int:
        """How many comments a person has posted after an aware instant."""
        return self.filter(author_id=author_id, created_at__gt=since).count()

    def page(
        self,
        thread_id: int,
        *,
        after: int | None = None,
        before: int | None = None,
        at: int | None = None,
        newest: bool = False,
        group: str = "",
        limit: int = PAGE_SIZE,
    ) -> CommentPage:
        """
        A page of at most `limit` comments of a thread: in reading order, or newest first.

        Give the id of a comment as one of `after` (the page that follows it), `before` (the page
        that leads up to it) or `at` (a page that shows it, with a few that precede it); none of
        them gives the first page. Raises Comment.DoesNotExist where that comment is not in this
        thread. At most three queries.
        """
        comments = self.of_thread(thread_id, group)
        order = "-id" if newest else "path"
        anchor = next((given for given in (after, before, at) if given is not None), None)
        if anchor is None:
            return _forward(comments.order_by(order), limit, precedes=False)
        # The anchor is looked up without the filter: it holds its place in the order all the same.
        place: Any = self.values_list("path", flat=True).get(thread_id=thread_id, id=anchor)
        if newest:
            place = anchor
        if after is not None:
            return _forward(comments.filter(_beyond(order, place)).order_by(order), limit, True)
        if before is not None:
            return _backward(comments.filter(_short_of(order, place)), order, limit)
        lead = _backward(comments.filter(_short_of(order, place)), order, min(CONTEXT, limit // 2))
        onwards = comments.filter(_from(order, place)).order_by(order)
        rest = _forward(onwards, limit - len(lead.rows), precedes=False)
        return CommentPage([*lead.rows, *rest.rows], lead.before, rest.after)


def _beyond(order: str, place: Any) -> Q:
    return Q(id__lt=place) if order == "-id" else Q(path__gt=place)


def _from(order: str, place: Any) -> Q:
    return Q(id__lte=place) if order == "-id" else Q(path__gte=place)


def _short_of(order: str, place: Any) -> Q:
    return Q(id__gt=place) if order == "-id" else Q(path__lt=place)


def _rows(comments: CommentQuerySet, limit: int) -> list[CommentRow]:
    """One row more than `limit` where there is one: it tells that the page is not the last."""
    return [CommentRow._make(row) for row in comments.values_list(*COLUMNS)[: limit + 1]]


def _forward(comments: CommentQuerySet, limit: int, precedes: bool) -> CommentPage:
    rows = _rows(comments, limit)
    more, rows = len(rows) > limit, rows[:limit]
    return CommentPage(
        rows,
        before=rows[0].id if rows and precedes else None,
        after=rows[-1].id if more else None,
    )


def _backward(comments: CommentQuerySet, order: str, limit: int) -> CommentPage:
    rows = _rows(comments.order_by(F("id").asc() if order == "-id" else F("path").desc()), limit)
    more, rows = len(rows) > limit, rows[limit - 1 :: -1] if len(rows) > limit else rows[::-1]
    return CommentPage(
        rows,
        before=rows[0].id if more else None,
        after=rows[-1].id if rows else None,
    )
