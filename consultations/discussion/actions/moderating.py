"""What moderators do: hide and show again, one comment or one earlier wording; close a thread."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.discussion import cards
from consultations.discussion.actions.locking import locked, locked_thread
from consultations.discussion.errors import AlreadyRemoved, AppealWaits, NotPermitted
from consultations.discussion.models import (
    Appeal,
    Comment,
    CommentVersion,
    ModerationAct,
    ReadMark,
    Thread,
)
from consultations.discussion.notifications import tell_author
from consultations.discussion.permissions import (
    user_can_moderate,
    user_can_show_again,
    user_is_moderator,
)
from consultations.discussion.policy import HideReason
from consultations.discussion.recording import enter_act
from portal.stakeholders.models import Person

Verb = ModerationAct.Verb


def hide_comment(
    *,
    moderator: Person,
    comment: Comment,
    reason: HideReason | str,
    note: str = "",
    at: datetime | None = None,
) -> Comment:
    """
    Take a comment's text, author and history from public view; replies and its place stay.

    `reason` is one of the published codes and is shown; `note` is for moderators only. Its author
    is told. A comment already hidden stays as it is. Raises NotPermitted, AlreadyRemoved.
    """
    with transaction.atomic():
        comment = _moderated(moderator, comment)
        if comment.is_hidden:
            return comment
        comment.hidden_at, comment.hidden_reason = at or timezone.now(), HideReason(reason).value
        comment.save(update_fields=["hidden_at", "hidden_reason"])
        note_act(Verb.HIDE, comment, moderator, comment.hidden_reason, note, comment.hidden_at)
        cards.remove_card(comment)
        return comment


def restore_comment(
    *, moderator: Person, comment: Comment, note: str = "", at: datetime | None = None
) -> Comment:
    """
    Show a hidden comment again; one that is shown stays as it is.

    Earlier wordings that were hidden by themselves stay hidden. Its author is told. Raises
    NotPermitted, AlreadyRemoved; AppealWaits where another moderator decides.
    """
    with transaction.atomic():
        comment = _moderated(moderator, comment)
        _may_show_again(moderator, comment, None)
        if comment.is_hidden:
            show_again(moderator, comment, None, note, at or timezone.now())
        return comment


def hide_wording(
    *,
    moderator: Person,
    version: CommentVersion,
    reason: HideReason | str,
    note: str = "",
    at: datetime | None = None,
) -> CommentVersion:
    """
    Take one earlier wording from public view, with who spoke it; the present one stays.

    As `hide_comment` otherwise. Raises NotPermitted, AlreadyRemoved.
    """
    with transaction.atomic():
        comment, version = _moderated_wording(moderator, version)
        if version.is_hidden:
            return version
        version.hidden_at, version.hidden_reason = at or timezone.now(), HideReason(reason).value
        version.save(update_fields=["hidden_at", "hidden_reason"])
        note_act(
            Verb.HIDE, comment, moderator, version.hidden_reason, note, version.hidden_at, version
        )
        return version


def restore_wording(
    *, moderator: Person, version: CommentVersion, note: str = "", at: datetime | None = None
) -> CommentVersion:
    """Show a hidden wording again; as `restore_comment`, which raises the same."""
    with transaction.atomic():
        comment, version = _moderated_wording(moderator, version)
        _may_show_again(moderator, comment, version)
        if version.is_hidden:
            show_again(moderator, comment, version, note, at or timezone.now())
        return version


def mark_read(*, moderator: Person, up_to: int) -> None:
    """
    Remember that a moderator has read the comments up to this id; never fewer than before.

    Raises NotPermitted.
    """
    if not user_is_moderator(moderator):
        raise NotPermitted
    up_to = min(up_to, Comment.objects.aggregate(newest=Max("pk"))["newest"] or 0)
    mark, made = ReadMark.objects.get_or_create(
        person_id=moderator.pk, defaults={"comment_id": up_to}
    )
    if not made:
        ReadMark.objects.filter(pk=mark.pk, comment_id__lt=up_to).update(comment_id=up_to)


def close_thread(
    *, moderator: Person, consultation: ConsultationPage, reason: str, at: datetime | None = None
) -> Thread:
    """
    Close a discussion before the consultation's own deadline; `reason` is shown to everybody.

    A thread already closed keeps its first reason. Raises NotPermitted.
    """
    with transaction.atomic():
        if not user_can_moderate(moderator, consultation):
            raise NotPermitted
        thread = locked_thread(consultation)
        if thread.closed_at is None:
            thread.closed_at, thread.closed_reason = at or timezone.now(), reason
            thread.save(update_fields=["closed_at", "closed_reason"])
        return thread


def reopen_thread(*, moderator: Person, consultation: ConsultationPage) -> Thread:
    """Undo `close_thread`; the consultation's own dates still hold. Raises NotPermitted."""
    with transaction.atomic():
        if not user_can_moderate(moderator, consultation):
            raise NotPermitted
        thread = locked_thread(consultation)
        thread.closed_at, thread.closed_reason = None, ""
        thread.save(update_fields=["closed_at", "closed_reason"])
        return thread


def _moderated(moderator: Person, comment: Comment) -> Comment:
    """Lock the comment for one who may moderate it. Raises NotPermitted, AlreadyRemoved."""
    comment = locked(comment)
    if not user_can_moderate(moderator, comment.thread.consultation):
        raise NotPermitted
    if comment.is_removed:
        raise AlreadyRemoved
    return comment


def _moderated_wording(
    moderator: Person, version: CommentVersion
) -> tuple[Comment, CommentVersion]:
    comment = _moderated(moderator, version.comment)
    return comment, comment.versions.get(pk=version.pk)


def _may_show_again(moderator: Person, comment: Comment, version: CommentVersion | None) -> None:
    """Raise NotPermitted for its author, and AppealWaits while one is not decided."""
    if not user_can_show_again(moderator, comment):
        raise NotPermitted
    wording = version.number if version else None
    if Appeal.objects.undecided().about(comment.pk, wording).exists():
        raise AppealWaits


def show_again(
    moderator: Person, comment: Comment, version: CommentVersion | None, note: str, at: datetime
) -> ModerationAct:
    """Show a locked comment, or one earlier wording of it; whoever calls has asked who may."""
    shown: Comment | CommentVersion = version or comment
    reason = shown.hidden_reason
    shown.hidden_at, shown.hidden_reason = None, ""
    shown.save(update_fields=["hidden_at", "hidden_reason"])
    act = note_act(Verb.RESTORE, comment, moderator, reason, note, at, version)
    if version is None:
        cards.put_card(comment, comment.thread.consultation)
    return act


def note_act(
    verb: ModerationAct.Verb,
    comment: Comment,
    moderator: Person,
    reason: str,
    note: str,
    at: datetime,
    version: CommentVersion | None = None,
) -> ModerationAct:
    """Keep what a moderator did, enter it in the record, and tell the author of the comment."""
    act = ModerationAct(
        comment=comment,
        verb=verb,
        wording=version.number if version else None,
        reason=reason,
        note=note,
        moderator_id=moderator.pk,
        at=at,
    )
    act.record_leaf = enter_act(act, comment.thread.consultation.docket, version)
    act.save()
    tell_author(act)
    return act
