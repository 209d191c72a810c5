"""Posting a comment, and changing one's own."""

import uuid
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.discussion import cards
from consultations.discussion.actions.locking import locked
from consultations.discussion.actions.sequence import next_ids
from consultations.discussion.errors import (
    AlreadyRemoved,
    ChangedMeanwhile,
    DiscussionClosed,
    HiddenMeanwhile,
    InvalidComment,
    NotPermitted,
    ParentHidden,
    ParentRemoved,
    Refused,
    TooManyComments,
    WrongThread,
)
from consultations.discussion.models import MAX_BODY, Comment, CommentVersion, Thread
from consultations.discussion.permissions import (
    is_open,
    user_can_answer_officially,
    user_can_comment,
    user_can_edit,
    user_can_remove,
)
from consultations.discussion.rate_limits import REMOVALS
from consultations.discussion.recording import EDITED, POSTED, enter_wording, sealing
from consultations.discussion.text import clean_body, fingerprint
from consultations.discussion.threads import paths
from portal.stakeholders.models import Person, User
from portal.taxonomy.vocabularies import LANGUAGE
from portal.text import clean_text

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
    WrongThread, ParentRemoved, ParentHidden, TooManyComments.
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


def same_comment(
    *, author: Person, consultation: ConsultationPage, parent: Comment | None, body: str
) -> Comment | None:
    """Return the comment in which its author said these words in this place already, if any."""
    if author.pk is None:
        return None
    found: Comment | None = Comment.objects.said_before(
        author.pk, clean_text(body), consultation.pk, parent.pk if parent else None
    )
    return found


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
    if parent is not None:
        _check_parent(parent, standing.thread_id)
    posted = Comment.objects.written_by_since(author.pk, at - RATE_WINDOW)
    if posted >= RATE_LIMIT or REMOVALS.is_reached(str(author.pk)):
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
        author_seal=sealing.new_seal(),
        submitter_type=author.submitter_type,
        body=clean_body(body, MAX_BODY),
        language=language,
        is_official=official,
        created_at=at,
        submission_key=submission_key,
    )
    comment.spoken_by(author)
    comment.record_leaf = enter_wording(POSTED, comment, consultation.docket, at)
    comment.save(force_insert=True)
    cards.put_card(comment, consultation)
    return comment


def _check_parent(parent: Comment, thread_id: int | None) -> None:
    if parent.thread_id != thread_id:
        raise WrongThread
    if parent.is_removed:
        raise ParentRemoved
    if parent.is_hidden:
        raise ParentHidden


def edit_comment(
    *,
    author: Person,
    comment: Comment,
    body: str,
    language: str,
    seen: str | None = None,
    at: datetime | None = None,
) -> Comment:
    """
    Change one's own comment while the discussion is open; the earlier wording stays readable.

    The new wording is posted under the author's profile as it is now, and the earlier one stays
    under the name that it had. Unchanged text changes nothing. `seen` is the `text.fingerprint` of
    the wording that the author changed, None where there is none to compare. Raises InvalidComment,
    NotPermitted, AlreadyRemoved, HiddenMeanwhile, DiscussionClosed, ChangedMeanwhile.
    """
    with transaction.atomic():
        at = at or timezone.now()
        comment = locked(comment)
        if isinstance(author, AnonymousUser) or not user_can_edit(author, comment):
            if comment.is_removed and user_can_comment(author):
                raise AlreadyRemoved
            raise HiddenMeanwhile if user_can_remove(author, comment) else NotPermitted
        if not is_open(Thread.objects.standing(comment.thread.consultation_id), at):
            raise DiscussionClosed
        if language not in LANGUAGE:
            raise InvalidComment
        body = clean_body(body, MAX_BODY)
        if (body, language) == (comment.body, comment.language):
            return comment
        if seen is not None and seen != fingerprint(comment.body, comment.language):
            raise ChangedMeanwhile
        earlier = CommentVersion(
            comment=comment,
            number=comment.versions.count() + 1,
            body=comment.body,
            language=comment.language,
            written_at=comment.edited_at or comment.created_at,
            replaced_at=at,
            record_leaf=comment.record_leaf,
        )
        earlier.spoken_as(comment)
        earlier.save()
        comment.body, comment.language, comment.edited_at = body, language, at
        comment.spoken_by(author)
        comment.submitter_type = author.submitter_type
        comment.author_seal = comment.author_seal or sealing.new_seal()
        docket = comment.thread.consultation.docket
        comment.record_leaf = enter_wording(EDITED, comment, docket, at)
        comment.save()
        cards.put_card(comment, comment.thread.consultation)
        return comment
