"""
Everything that can be done in a discussion, one function a verb.

Each runs in one transaction, takes its own look at permissions and dates inside it, enters what was
done in the record, and keeps the search card in step. `at` is an aware instant, by default the
moment inside the transaction; every refusal is an `errors.Refused`.
"""

import uuid
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.discussion import cards, paths
from consultations.discussion.errors import (
    DiscussionClosed,
    InvalidComment,
    NotPermitted,
    Refused,
    TooManyComments,
    WrongThread,
)
from consultations.discussion.models import (
    MAX_BODY,
    Comment,
    CommentVersion,
    HideReason,
    ModerationAct,
    Thread,
)
from consultations.discussion.permissions import (
    is_open,
    user_can_answer_officially,
    user_can_comment,
    user_can_edit,
    user_can_moderate,
)
from consultations.discussion.recording import EDITED, POSTED, enter_act, enter_wording
from consultations.discussion.sequence import next_ids
from consultations.discussion.texts import clean_body
from portal.stakeholders.models import User
from portal.taxonomy.vocabularies import LANGUAGE

# Anybody may try: the actions refuse a visitor who is not signed in.
Person = User | AnonymousUser

# A person at a keyboard does not write more; a script does.
RATE_LIMIT = 10
RATE_WINDOW = timedelta(minutes=10)


def submit_comment(
    *,
    author: Person,
    consultation: ConsultationPage,
    body: str,
    language: str,
    parent: Comment | None = None,
    official: bool = False,
    submission_key: uuid.UUID,
    at: datetime | None = None,
) -> Comment:
    """
    Post a comment, or an answer to `parent`, in a consultation's discussion.

    `body` is plain text of at most 5,000 characters, `language` a key of the vocabulary. The same
    author sending the same `submission_key` again gets the comment first made with it, even when
    the deadline has passed in between. Raises InvalidComment, NotPermitted, DiscussionClosed,
    WrongThread, TooManyComments.
    """
    if isinstance(author, AnonymousUser) or not user_can_comment(author):
        raise NotPermitted
    try:
        with transaction.atomic():
            return _insert(
                author, consultation, body, language, parent, official, submission_key, at
            )
    except (IntegrityError, Refused):
        made = Comment.objects.filter(submission_key=submission_key, author=author).first()
        if made is None:
            raise
        return made


def _insert(
    author: User,
    consultation: ConsultationPage,
    body: str,
    language: str,
    parent: Comment | None,
    official: bool,
    submission_key: uuid.UUID,
    at: datetime | None,
) -> Comment:
    at = at or timezone.now()
    if official and not user_can_answer_officially(author, consultation):
        raise NotPermitted
    standing = Thread.objects.standing(consultation.pk)
    if not is_open(standing, at):
        raise DiscussionClosed
    if parent is not None and (parent.thread_id != standing.thread_id or parent.is_hidden):
        raise WrongThread
    if Comment.objects.written_by_since(author.pk, at - RATE_WINDOW) >= RATE_LIMIT:
        raise TooManyComments
    if language not in LANGUAGE:
        raise InvalidComment
    thread_id = standing.thread_id
    if thread_id is None:
        thread_id = Thread.objects.get_or_create(consultation_id=consultation.pk)[0].pk
    (comment_id,) = next_ids()
    comment = Comment(
        id=comment_id,
        thread_id=thread_id,
        parent_id=parent.pk if parent else None,
        path=paths.child(parent.path if parent else "", comment_id),
        author_id=author.pk,
        submitter_type=author.submitter_type,
        group=author.group,
        body=clean_body(body, MAX_BODY),
        language=language,
        is_official=official,
        created_at=at,
        submission_key=submission_key,
    )
    comment.record_leaf = enter_wording(POSTED, comment, consultation.docket, at)
    comment.save(force_insert=True)
    cards.put_card(comment, consultation)
    return comment


def edit_comment(
    *, author: Person, comment: Comment, body: str, language: str, at: datetime | None = None
) -> Comment:
    """
    Change one's own comment while the discussion is open; the earlier wording stays readable.

    Unchanged text changes nothing. Raises InvalidComment, NotPermitted, DiscussionClosed.
    """
    with transaction.atomic():
        at = at or timezone.now()
        comment = _locked(comment)
        if not user_can_edit(author, comment):
            raise NotPermitted
        if not is_open(Thread.objects.standing(comment.thread.consultation_id), at):
            raise DiscussionClosed
        if language not in LANGUAGE:
            raise InvalidComment
        body = clean_body(body, MAX_BODY)
        if (body, language) == (comment.body, comment.language):
            return comment
        CommentVersion.objects.create(
            comment=comment,
            body=comment.body,
            language=comment.language,
            written_at=comment.edited_at or comment.created_at,
            replaced_at=at,
            record_leaf=comment.record_leaf,
        )
        comment.body, comment.language, comment.edited_at = body, language, at
        docket = comment.thread.consultation.docket
        comment.record_leaf = enter_wording(EDITED, comment, docket, at)
        comment.save(update_fields=["body", "language", "edited_at", "record_leaf"])
        cards.put_card(comment, comment.thread.consultation)
        return comment


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

    `reason` is one of the published codes and is shown; `note` is for moderators only. A comment
    already hidden stays as it is. Raises NotPermitted.
    """
    with transaction.atomic():
        if not user_can_moderate(moderator, comment.thread.consultation):
            raise NotPermitted
        comment = _locked(comment)
        if comment.is_hidden:
            return comment
        comment.hidden_at, comment.hidden_reason = at or timezone.now(), HideReason(reason).value
        comment.save(update_fields=["hidden_at", "hidden_reason"])
        _note_act(ModerationAct.Verb.HIDE, comment, moderator, note, comment.hidden_at)
        cards.remove_card(comment)
        return comment


def restore_comment(
    *, moderator: Person, comment: Comment, note: str = "", at: datetime | None = None
) -> Comment:
    """Show a hidden comment again; one that is shown stays as it is. Raises NotPermitted."""
    with transaction.atomic():
        if not user_can_moderate(moderator, comment.thread.consultation):
            raise NotPermitted
        comment = _locked(comment)
        if not comment.is_hidden:
            return comment
        _note_act(ModerationAct.Verb.RESTORE, comment, moderator, note, at or timezone.now())
        comment.hidden_at, comment.hidden_reason = None, ""
        comment.save(update_fields=["hidden_at", "hidden_reason"])
        cards.put_card(comment, comment.thread.consultation)
        return comment


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
        thread = _locked_thread(consultation)
        if thread.closed_at is None:
            thread.closed_at, thread.closed_reason = at or timezone.now(), reason
            thread.save(update_fields=["closed_at", "closed_reason"])
        return thread


def reopen_thread(*, moderator: Person, consultation: ConsultationPage) -> Thread:
    """Undo `close_thread`; the consultation's own dates still hold. Raises NotPermitted."""
    with transaction.atomic():
        if not user_can_moderate(moderator, consultation):
            raise NotPermitted
        thread = _locked_thread(consultation)
        thread.closed_at, thread.closed_reason = None, ""
        thread.save(update_fields=["closed_at", "closed_reason"])
        return thread


def _locked(comment: Comment) -> Comment:
    """The comment as it is now, held until the transaction ends."""
    return (
        # Not so as to hold up an answer to it.
        Comment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("thread__consultation")
        .get(pk=comment.pk)
    )


def _locked_thread(consultation: ConsultationPage) -> Thread:
    return Thread.objects.select_for_update().get_or_create(consultation_id=consultation.pk)[0]


def _note_act(
    verb: ModerationAct.Verb, comment: Comment, moderator: Person, note: str, at: datetime
) -> None:
    ModerationAct.objects.create(
        comment=comment,
        verb=verb,
        reason=comment.hidden_reason,
        note=note,
        moderator_id=moderator.pk,
        at=at,
        record_leaf=enter_act(verb, comment, comment.thread.consultation.docket, at),
    )
