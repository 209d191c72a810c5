"""Taking a comment back: its author alone, at any time."""

from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from consultations.discussion import cards
from consultations.discussion.actions.appeals import forget_appeals
from consultations.discussion.actions.locking import locked
from consultations.discussion.errors import AlreadyRemoved, NotYours
from consultations.discussion.models import Comment
from consultations.discussion.notifications import about_comment
from consultations.discussion.permissions import user_can_remove
from consultations.discussion.rate_limits import REMOVALS
from consultations.discussion.recording import enter_removal
from portal.notifications.actions import take_back
from portal.stakeholders.models import Person, User


def remove_comment(*, author: Person, comment: Comment, at: datetime | None = None) -> Comment:
    """
    Erase one's own comment, whether the discussion is open or not, hidden or shown.

    Its place, its time, and the replies stay. Text, name, organisation and group go, with every
    earlier wording, appeals and the notes of moderators, and who wrote it; the record's entries of
    it are erased, and say nothing any more. Raises AlreadyRemoved, NotYours.
    """
    with transaction.atomic():
        comment = locked(comment)
        if comment.is_removed:
            raise AlreadyRemoved
        if isinstance(author, AnonymousUser) or not user_can_remove(author, comment):
            raise NotYours
        comment = erase(comment, at or timezone.now())
    REMOVALS.take(str(author.pk))
    return comment


def remove_all(author: User, at: datetime) -> None:
    """Erase every comment of an account that is about to be deleted."""
    for pk in list(author.comments.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            erase(locked(Comment(pk=pk)), at)


def erase(comment: Comment, at: datetime) -> Comment:
    """Erase a locked comment, inside the caller's transaction; whoever calls has asked who may."""
    enter_removal(comment, at)
    cards.remove_card(comment)
    comment.versions.all().delete()
    comment.moderation_acts.update(note="")
    forget_appeals(comment)
    take_back(about_comment(comment))
    comment.author, comment.author_seal, comment.submitter_type = None, None, ""
    comment.author_name = comment.group = comment.organisation_name = ""
    comment.is_verified = False
    comment.body = comment.language = ""
    comment.edited_at, comment.removed_on = None, at.astimezone(UTC).date()
    comment.save()
    return comment
