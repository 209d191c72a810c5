"""
How comments are read: by keyset, in a fixed number of queries, as plain values.

A page of a thread is a range of the unique (thread, path) index, so its cost does not depend on
where in the thread it lies or how long the thread is.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from wagtail.models import PageViewRestriction

from consultations.calls.models import ConsultationPage
from consultations.discussion.threads.compiled_queries import (
    MOMENT,
    NUMBER,
    OTHER_NUMBER,
    WORD,
    load,
    run,
)

PAGE_SIZE = 100
# How many comments before the one that a permalink names are shown with it.
CONTEXT = 10
# Exact counts cost a walk through the index; beyond this many nobody counts by hand.
COUNT_LIMIT = 5_000


class Standing(NamedTuple):
    """A discussion's status: may it be written to? Read afresh inside each transaction."""

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
        Return the consultation's dates (in UTC, aware) and the state of its thread, in one query.

        `thread_id` is None where nobody has written yet. Raises ConsultationPage.DoesNotExist.
        """
        rows = run(_standing, (), {NUMBER: consultation_id})
        if not rows:
            raise ConsultationPage.DoesNotExist
        return Standing._make(
            value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for value in rows[0]
        )


def _standing() -> models.QuerySet[Any]:
    return (
        ConsultationPage.objects.filter(pk=NUMBER)
        .order_by()
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
    )


class CommentRow(NamedTuple):
    """
    One comment as the thread page shows it.

    Datetimes are in UTC and naive on SQLite. Who spoke stands in the comment's own row: names are
    "" once they were taken out. `parent_*` are None where it starts a branch.
    """

    id: int
    path: str
    parent_id: int | None
    author_name: str
    group: str
    organisation_name: str
    is_verified: bool
    body: str
    language: str
    is_official: bool
    created_at: datetime
    edited_at: datetime | None
    hidden_reason: str
    removed_on: date | str | None
    author_id: int | None
    parent_name: str | None
    parent_hidden: str | None
    parent_removed: date | str | None


COLUMNS = (
    "id",
    "path",
    "parent_id",
    "author_name",
    "group",
    "organisation_name",
    "is_verified",
    "body",
    "language",
    "is_official",
    "created_at",
    "edited_at",
    "hidden_reason",
    "removed_on",
    "author_id",
    "parent__author_name",
    "parent__hidden_reason",
    "parent__removed_on",
)


# What one's own list shows of a comment, and what Wagtail would ask for page by page.
OWN = (
    *("body", "language", "created_at", "edited_at", "hidden_at", "hidden_reason", "removed_on"),
    *("author_id", "thread__consultation__title", "thread__consultation__slug"),
    *("thread__consultation__live", "thread__consultation__content_type"),
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
        """Comments of a thread, of one group if named; those hidden or removed keep their place."""
        found = self.filter(thread_id=thread_id)
        return found.filter(group=group) if group else found

    def shown(self) -> "CommentQuerySet":
        """Comments that neither a moderator has hidden nor their author removed."""
        return self.filter(hidden_at__isnull=True, removed_on__isnull=True)

    def written_by(self, author_id: int, before: Any = None) -> "CommentQuerySet":
        """
        Return a person's own with what names their consultations, the newest first, in one query.

        Of those that are older than the comment `before`, where one is given.
        """
        found = self.filter(author=author_id).select_related("thread__consultation")
        if before is not None:
            same_moment = models.Q(created_at=before.created_at, pk__lt=before.pk)
            found = found.filter(models.Q(created_at__lt=before.created_at) | same_moment)
        return found.only(*OWN).order_by("-created_at", "-pk")

    def count_up_to_limit(self, consultation_id: int) -> int:
        """Count its comments, hidden ones too; no further than COUNT_LIMIT."""
        found = self.filter(thread__consultation=consultation_id).order_by()
        return found[:COUNT_LIMIT].count()

    def in_consultation(self, consultation_id: int, comment_id: int) -> Any:
        """Return what replying to a comment needs of it; None if it is not in this consultation."""
        ids = {NUMBER: consultation_id, OTHER_NUMBER: comment_id}
        return next(iter(load(_answered, (), ids)), None)

    def written_by_since(self, author_id: int, since: datetime) -> int:
        """Count the comments that a person has posted after an aware instant."""
        return len(run(_written, (), {NUMBER: author_id, MOMENT: since}))

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
        Return a page of at most `limit` comments of a thread: in reading order, or newest first.

        Give the id of a comment as one of `after` (the page that follows it), `before` (the page
        that leads up to it) or `at` (a page that shows it, with a few that precede it); none of
        them gives the first page. There are no rows where that comment is not in this thread. One
        query; two for `at`.
        """
        read = _Reader(thread_id, newest, group)
        if before is not None:
            return read.back(before, limit)
        if at is not None:
            lead = read.back(at, min(CONTEXT, limit // 2))
            rest = read.on("from", at, limit - len(lead.rows))
            return CommentPage([*lead.rows, *rest.rows], lead.before, rest.after)
        return read.on("after" if after is not None else "all", after, limit)


class _Reader(NamedTuple):
    thread_id: int
    newest: bool
    group: str

    def rows(self, part: str, anchor: int | None, limit: int) -> list[CommentRow]:
        """Return up to one row more than `limit`: it tells that another page follows."""
        shape = (part, self.newest, bool(self.group), limit + 1)
        values = {NUMBER: self.thread_id, OTHER_NUMBER: anchor, WORD: self.group}
        return [CommentRow._make(row) for row in run(_part_of_thread, shape, values)]

    def on(self, part: str, anchor: int | None, limit: int) -> CommentPage:
        rows = self.rows(part, anchor, limit)
        more, rows = len(rows) > limit, rows[:limit]
        return CommentPage(
            rows,
            before=rows[0].id if rows and part == "after" else None,
            after=rows[-1].id if more else None,
        )

    def back(self, anchor: int, limit: int) -> CommentPage:
        rows = self.rows("before", anchor, limit)
        more, rows = len(rows) > limit, rows[:limit][::-1]
        return CommentPage(
            rows,
            before=rows[0].id if more else None,
            after=rows[-1].id if rows else None,
        )


# Part of the thread → how a comment's place compares with the anchor's; newest first counts down.
_COMPARISONS = {"after": "gt", "from": "gte", "before": "lt"}
_COUNTING_DOWN = {"gt": "lt", "gte": "lte", "lt": "gt"}


def _part_of_thread(part: str, newest: bool, by_group: bool, limit: int) -> models.QuerySet[Any]:
    """Return the rows of `_Reader`, with markers for thread, anchor and group."""
    comments: CommentQuerySet = apps.get_model("discussion.Comment").objects.all()
    found = comments.of_thread(NUMBER, WORD if by_group else "")
    place = "id" if newest else "path"
    if part != "all":
        comparison = _COMPARISONS[part]
        if newest:
            comparison = _COUNTING_DOWN[comparison]
        anchor = comments.filter(thread_id=NUMBER, id=OTHER_NUMBER).values(place)
        found = found.filter(**{f"{place}__{comparison}": anchor})
    descending = newest != (part == "before")
    return found.order_by(f"-{place}" if descending else place).values_list(*COLUMNS)[:limit]


def _written() -> models.QuerySet[Any]:
    comments = apps.get_model("discussion.Comment").objects
    return comments.filter(author_id=NUMBER, created_at__gt=MOMENT).order_by().values_list("id")


def _answered() -> models.QuerySet[Any]:
    comments = apps.get_model("discussion.Comment").objects
    found = comments.filter(thread__consultation=NUMBER, id=OTHER_NUMBER)
    return found.only("thread_id", "path", "hidden_at", "removed_on")


def consultation_to_comment(slug: str) -> ConsultationPage | None:
    """
    Return what commenting needs of the published consultation with this slug; None if none has it.

    Its other fields are read from the database when asked for. Two quick queries.
    """
    if run(_restrictions, (), {}):
        return ConsultationPage.objects.readable().filter(slug=slug).first()
    return next(iter(load(_commented, (), {WORD: slug})), None)


def _restrictions() -> models.QuerySet[Any]:
    return PageViewRestriction.objects.order_by().values_list("id")[:1]


def _commented() -> models.QuerySet[Any]:
    found = ConsultationPage.objects.live().filter(slug=WORD).order_by()
    return found.only(
        "title", "slug", "live", "host_id", "docket", "commitments", "stages", "technologies"
    )
