"""
How comments are read: by keyset, in a fixed number of queries, as plain values.

A page of a thread is a range of the unique (thread, path) index, so its cost does not depend on
where in the thread it lies or how long the thread is.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import connection, models

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase

# SQL, as Django takes longer to write these statements than the database to answer them. With
# querysets a page and a post miss their goals (P1 and P3 in docs/benchmarks.md).
PAGE = """
SELECT comment.id, comment.path, comment.parent_id, comment.author_name, comment."group",
    comment.organisation_name, comment.is_verified, comment.body, comment.language,
    comment.is_official, comment.created_at, comment.edited_at, comment.hidden_reason,
    comment.removed_on, comment.author_id, parent.author_name, parent.hidden_reason,
    parent.removed_on
FROM discussion_comment comment LEFT JOIN discussion_comment parent ON parent.id = comment.parent_id
WHERE comment.thread_id = %s {conditions} ORDER BY comment.{order} LIMIT %s
"""
FROM_ANCHOR = """
AND comment.{place} {sign} (SELECT {place} FROM discussion_comment WHERE thread_id = %s AND id = %s)
"""
STANDING = """
SELECT page.live, consultation.discussion_enabled, consultation.opens_at, consultation.closes_at,
    consultation.outcome_published_at, consultation.cancelled_at, thread.id, thread.closed_at
FROM calls_consultationpage consultation
JOIN wagtailcore_page page ON page.id = consultation.page_ptr_id
LEFT JOIN discussion_thread thread ON thread.consultation_id = consultation.page_ptr_id
WHERE consultation.page_ptr_id = %s
"""
COMMENTED = """
SELECT consultation.page_ptr_id, page.title, page.slug, page.live, consultation.host_id,
    consultation.docket, consultation.commitments, consultation.stages, consultation.technologies
FROM calls_consultationpage consultation
JOIN wagtailcore_page page ON page.id = consultation.page_ptr_id
WHERE page.slug = %s AND page.live AND NOT EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction)
"""
ANSWERED = """
SELECT comment.id, comment.thread_id, comment.path, comment.hidden_at, comment.removed_on
FROM discussion_comment comment JOIN discussion_thread thread ON thread.id = comment.thread_id
WHERE thread.consultation_id = %s AND comment.id = %s
"""
# In the order of time, which the index of an author's has: for that of ids a thread would be read.
SAID = """
SELECT comment.id, comment.submission_key
FROM discussion_comment comment JOIN discussion_thread thread ON thread.id = comment.thread_id
WHERE comment.author_id = %s AND comment.body = %s AND thread.consultation_id = %s
    AND COALESCE(comment.parent_id, 0) = %s ORDER BY comment.created_at LIMIT 1
"""
WRITTEN = "SELECT COUNT(*) FROM discussion_comment WHERE author_id = %s AND created_at > %s"

PAGE_SIZE = 100
# How many comments before the one that a permalink names are shown with it.
CONTEXT = 10
# Exact counts cost a walk through the index; beyond this many nobody counts by hand.
COUNT_LIMIT = 5_000


def _read(sql: str, *values: Any) -> Sequence[tuple[Any, ...]]:
    """Read rows as the driver gives them: datetimes are in UTC, and naive on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


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
        rows = _read(STANDING, consultation_id)
        if not rows:
            raise ConsultationPage.DoesNotExist
        return Standing._make(
            value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for value in rows[0]
        )


class CommentRow(NamedTuple):
    """
    One comment as the thread page shows it, in the order of `PAGE`.

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


# What one's own list shows of a comment, and what Wagtail would ask for page by page.
OWN = (
    *("body", "language", "created_at", "edited_at", "hidden_at", "hidden_reason", "removed_on"),
    *("author_id", "thread__consultation__title", "thread__consultation__slug"),
    *("thread__consultation__live", "thread__consultation__content_type"),
    *("thread__consultation__url_path", "thread__consultation__text_languages"),
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
    def shown(self) -> "CommentQuerySet":
        """Comments that neither a moderator has hidden nor their author removed."""
        return self.filter(hidden_at__isnull=True, removed_on__isnull=True)

    def waiting_for_body(self, organisation_id: int, at: datetime) -> "CommentQuerySet":
        """
        Return what waits for an official answer of a body that consults, the oldest first.

        That is what is shown, begins a conversation or replies to an official answer, and has no
        official answer itself, where answers can still be given at an aware instant.
        """
        asked = ConsultationPage.objects.live().in_phase(Phase.OPEN, at)
        asked = asked.filter(host=organisation_id, discussion_enabled=True)
        not_closed = models.Q(thread__closed_at=None) | models.Q(thread__closed_at__gt=at)
        to_the_body = models.Q(parent=None) | models.Q(parent__is_official=True)
        answers = self.model._default_manager.shown().filter(
            parent=models.OuterRef("pk"), is_official=True
        )
        found = self.shown().filter(
            not_closed, to_the_body, is_official=False, thread__consultation__in=asked
        )
        return found.filter(~models.Exists(answers)).order_by("created_at", "pk")

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

    def in_consultation(self, consultation_id: int, comment_id: int) -> Any:
        """Return what replying to a comment needs of it; None if it is not in this consultation."""
        return next(iter(self.raw(ANSWERED, [consultation_id, comment_id])), None)

    def said_before(
        self, author_id: int, body: str, consultation_id: int, parent_id: int | None
    ) -> Any:
        """
        Return the first comment of a person that says this in reply to that, with its submission
        key; None if there is none. Without a parent it is one that begins a branch.
        """
        said = self.raw(SAID, [author_id, body, consultation_id, parent_id or 0])
        return next(iter(said), None)

    def written_by_since(self, author_id: int, since: datetime) -> int:
        """Count the comments that a person has posted after an aware instant."""
        [(count,)] = _read(WRITTEN, author_id, connection.ops.adapt_datetimefield_value(since))
        return count

    def last_language_of(self, author_id: int | None) -> str:
        """Return the language of the last comment that a person has posted; "" before the first."""
        written = self.filter(author=author_id).exclude(language="").order_by("-created_at")
        return written.values_list("language", flat=True).first() or ""

    def page(
        self,
        thread_id: int,
        *,
        after: int | None = None,
        before: int | None = None,
        at: int | None = None,
        newest: bool = False,
        group: str = "",
        official: bool = False,
        limit: int = PAGE_SIZE,
    ) -> CommentPage:
        """
        Return a page of at most `limit` comments of a thread: in reading order, or newest first.

        Give the id of a comment as one of `after` (the page that follows it), `before` (the page
        that leads up to it) or `at` (a page that shows it, with a few that precede it); none of
        them gives the first page. There are no rows where that comment is not in this thread. Those
        hidden or removed keep their place. One query; two for `at`.
        """
        read = _Reader(thread_id, newest, group, official)
        if before is not None:
            return read.back(before, limit)
        if at is not None:
            lead = read.back(at, min(CONTEXT, limit // 2))
            rest = read.on("from", at, limit - len(lead.rows))
            return CommentPage([*lead.rows, *rest.rows], lead.before, rest.after)
        return read.on("after" if after is not None else "all", after, limit)


# Part of the thread → how a comment's place compares with the anchor's; newest first counts down.
_SIGNS = {"after": ">", "from": ">=", "before": "<"}
_COUNTING_DOWN = {">": "<", ">=": "<=", "<": ">"}


class _Reader(NamedTuple):
    thread_id: int
    newest: bool
    group: str
    official: bool

    def rows(self, part: str, anchor: int | None, limit: int) -> list[CommentRow]:
        """Return up to one row more than `limit`: it tells that another page follows."""
        place = "id" if self.newest else "path"
        conditions = ""
        values: list[Any] = [self.thread_id]
        if self.group:
            conditions = 'AND comment."group" = %s '
            values.append(self.group)
        if self.official:
            conditions += "AND comment.is_official "
        if part != "all":
            sign = _COUNTING_DOWN[_SIGNS[part]] if self.newest else _SIGNS[part]
            conditions += FROM_ANCHOR.format(place=place, sign=sign)
            values += [self.thread_id, anchor]
        descending = self.newest != (part == "before")
        order = f"{place} DESC" if descending else place
        found = _read(PAGE.format(conditions=conditions, order=order), *values, limit + 1)
        return [CommentRow._make(row) for row in found]

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


def consultation_to_comment(slug: str) -> ConsultationPage | None:
    """
    Return what commenting needs of the published consultation with this slug; None if none has it.

    Its other fields are read from the database when asked for. One quick query in most portals,
    where no page at all is restricted to some readers.
    """
    quick = next(iter(ConsultationPage.objects.raw(COMMENTED, [slug])), None)
    return quick or ConsultationPage.objects.readable().filter(slug=slug).first()
