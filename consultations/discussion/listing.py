"""The queue of comments as moderators read it: the newest first, by keyset, found by words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from consultations.calls.models import ConsultationPage
from consultations.discussion.cards import KIND
from consultations.discussion.models import Comment, ModerationAct, ReadMark, Thread
from consultations.discussion.permissions import user_can_moderate, user_can_show_again
from portal.search.engines.lookup import keys_with
from portal.stakeholders.models import Person
from portal.text import clean_line, spellings
from portal.web.listing import Slice

# Words of a search, and how many comments it finds at most in each of the places it looks in.
MOST_WORDS, MOST_FOUND = 6, 1_001


@dataclass(frozen=True, eq=False)
class Row:
    """One comment in the queue; `note` is the last that a moderator wrote about it."""

    comment: Comment
    is_new: bool
    may_read: bool
    may_act: bool
    note: str

    @property
    def pk(self) -> int:
        return self.comment.pk

    @property
    def wording(self) -> str:
        """Return what tells this wording from a later one."""
        return self.comment.record_leaf[:16]


def page_of(
    found: QuerySet[Comment],
    *,
    after: int | None = None,
    before: int | None = None,
    last: bool = False,
    limit: int,
) -> Slice[Comment]:
    """Return at most `limit` of the comments, the newest first, beyond one that is named by id."""
    back = last or before is not None
    if before is not None:
        found = found.filter(pk__gt=before)
    elif after is not None and not last:
        found = found.filter(pk__lt=after)
    rows = list(found.order_by("pk" if back else "-pk")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    if back:
        rows.reverse()
    if not rows:
        return Slice([], "", "")
    has_before = more if back else after is not None
    has_after = before is not None if back else more
    return Slice(rows, str(rows[0].pk) if has_before else "", str(rows[-1].pk) if has_after else "")


def rows_of(comments: Sequence[Comment], user: Person) -> list[Row]:
    """Return a page of comments as it is shown to a moderator; three queries."""
    wanted = {each.thread_id for each in comments}
    found = Thread.objects.filter(pk__in=wanted).select_related("consultation")
    threads = {each.pk: each for each in found}
    acts = ModerationAct.objects.filter(comment__in=[each.pk for each in comments])
    notes: dict[int, str] = {}
    for pk, note in acts.exclude(note="").order_by("at", "pk").values_list("comment", "note"):
        notes[pk] = note
    mark = read_up_to(user)
    rows = []
    for each in comments:
        each.thread = threads[each.thread_id]
        may_moderate = user_can_moderate(user, each.thread.consultation)
        may_act = user_can_show_again(user, each) if each.is_hidden else may_moderate
        rows.append(
            Row(
                each,
                each.pk > mark,
                not each.is_hidden or may_moderate,
                may_act and not each.is_removed,
                notes.get(each.pk, ""),
            )
        )
    return rows


def read_up_to(user: Person) -> int:
    """Return the id of the newest comment that a moderator has marked as read; 0 for none."""
    marks = ReadMark.objects.filter(person=user.pk)
    return marks.values_list("comment_id", flat=True).first() or 0


def hidden() -> Q:
    """Say that a moderator hid a comment. Of few, so they are looked up first."""
    few = Comment.objects.filter(hidden_at__isnull=False, removed_on=None).order_by()
    return Q(pk__in=few.values("pk"))


def removed() -> Q:
    """Say that its author removed a comment."""
    return Q(pk__in=Comment.objects.filter(removed_on__isnull=False).order_by().values("pk"))


def with_words(comments: QuerySet[Comment], typed: str, user: Person) -> QuerySet[Comment]:
    """
    Return those that have all the words: in the text, in who spoke, or in a moderator's note.

    What is hidden is found only by those who may read it. The newest `MOST_FOUND` of each place.
    """
    words = clean_line(typed).split()[:MOST_WORDS]
    if not words:
        return comments
    texts, noted = Q(), Q()
    for word in words:
        texts &= _one_of(word, "body", "author_name", "organisation_name")
        noted &= _one_of(word, "note")
    found = {int(key) for key in keys_with(KIND, words, MOST_FOUND)}
    for others in _without_cards(user):
        rows = others.filter(texts, removed_on=None).order_by("-pk")
        found |= set(rows.values_list("pk", flat=True)[:MOST_FOUND])
    found |= _spoken_by(words)
    notes = ModerationAct.objects.exclude(note="").filter(noted).order_by("-pk")
    found |= set(notes.values_list("comment", flat=True)[:MOST_FOUND])
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) < 16:
        found.add(int(words[0]))
    return comments.filter(pk__in=found)


def _without_cards(user: Person) -> list[QuerySet[Comment]]:
    """Return the comments that have no card: hidden, or not for everybody to read. One query."""
    few = Comment.objects.filter(hidden_at__isnull=False)
    organisation = getattr(user, "organisation_id", None)
    if organisation is not None:  # those of the consulting body do not read what was hidden
        few = few.exclude(thread__consultation__host=organisation)
    public = ConsultationPage.objects.live().public().values("pk")
    closed = list(Thread.objects.exclude(consultation__in=public).values_list("pk", flat=True))
    if not closed:
        return [few]
    return [few, Comment.objects.filter(thread__in=closed, hidden_at=None)]


def _spoken_by(words: Sequence[str]) -> set[int]:
    """Return the ids of shown comments of those whose names have the words."""
    speakers = Comment.objects.order_by().values_list("author_name", "organisation_name").distinct()
    wanted = [word.casefold() for word in words]
    found = [each for each in speakers if all(word in " ".join(each).casefold() for word in wanted)]
    if not found:
        return set()
    names, organisations = map(set, zip(*found[:MOST_FOUND], strict=True))
    spoken = Comment.objects.filter(
        author_name__in=names, organisation_name__in=organisations, removed_on=None, hidden_at=None
    )
    return set(spoken.order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND])


def _one_of(word: str, *fields: str) -> Q:
    said = Q()
    for field in fields:
        for each in spellings(word):
            said |= Q(**{f"{field}__icontains": each})
    return said
