"""Who may do what in a discussion. Whether it is open at all is asked apart, of `is_open`."""

from datetime import datetime
from typing import TypeGuard

from consultations.calls.models import ConsultationPage
from consultations.calls.permissions import user_has_interest
from consultations.calls.phases import Phase, phase_of
from consultations.discussion.models import Appeal, Comment, ModerationAct
from consultations.discussion.threads.queries import Standing
from portal.stakeholders.models import Person, User
from portal.stakeholders.roles import ADMINISTRATOR, EDITOR, MODERATOR, OFFICIAL


def is_open(standing: Standing, at: datetime) -> bool:
    """Say whether contributions are taken at an aware instant: published, in time, not closed."""
    closed_at = standing.thread_closed_at
    return (
        standing.live
        and standing.discussion_enabled
        and phase_of(standing, at) is Phase.OPEN
        and (closed_at is None or at < closed_at)
    )


def user_can_comment(user: Person) -> TypeGuard[User]:
    """Anybody with an active account, whatever group they belong to."""
    return bool(user.is_authenticated and user.is_active)


def user_can_answer_officially(user: Person, consultation: ConsultationPage) -> bool:
    """Editors and administrators, and the people of the body that consults."""
    if not user_can_comment(user):
        return False
    return _is_of_host(user, consultation) or user.has_role(EDITOR, ADMINISTRATOR)


def user_is_official(user: Person) -> TypeGuard[User]:
    """Officials see in the admin what waits for their body; a body of theirs says which."""
    return bool(user.is_authenticated and user.has_role(OFFICIAL))


def user_can_edit(user: Person, comment: Comment) -> bool:
    """Let its author edit it, unless a moderator has hidden it."""
    return user_can_remove(user, comment) and not comment.is_hidden


def user_can_remove(user: Person, comment: Comment) -> bool:
    """Let its author remove it, whatever became of it; a removed comment has no author any more."""
    is_its_author = comment.author_id is not None and comment.author_id == user.pk
    return user_can_comment(user) and is_its_author


def user_is_moderator(user: Person) -> TypeGuard[User]:
    """Moderators and administrators, who see the list of what was posted lately."""
    return bool(user.is_authenticated and user.has_role(MODERATOR, ADMINISTRATOR))


def user_can_moderate(user: Person, consultation: ConsultationPage) -> bool:
    """Hide, restore, close: moderators, but nobody of the host or with a declared interest."""
    return (
        user_is_moderator(user)
        and not _is_of_host(user, consultation)
        and not user_has_interest(user, consultation.pk)
    )


def user_can_read_hidden(user: Person, comment: Comment) -> bool:
    """Let its author read what is hidden of a comment, and those who moderate it."""
    return user_can_remove(user, comment) or user_can_moderate(user, comment.thread.consultation)


def user_can_show_again(user: Person, comment: Comment) -> bool:
    """Let those moderate what is hidden who did not write it."""
    is_its_author = comment.author_id is not None and comment.author_id == user.pk
    return user_can_moderate(user, comment.thread.consultation) and not is_its_author


def user_can_appeal(user: Person, act: ModerationAct) -> TypeGuard[User]:
    """Let its author appeal against the hiding of their text."""
    return act.verb == ModerationAct.Verb.HIDE and user_can_remove(user, act.comment)


def user_can_decide_appeal(user: Person, appeal: Appeal) -> bool:
    """Let another moderator decide than the one who hid it, and not its author."""
    return user_can_show_again(user, appeal.act.comment) and user.pk != appeal.act.moderator_id


def _is_of_host(user: User, consultation: ConsultationPage) -> bool:
    return user.organisation_id is not None and user.organisation_id == consultation.host_id
