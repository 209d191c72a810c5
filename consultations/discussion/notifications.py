"""What the author of a comment is told: that a moderator hid it or showed it again, and why."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from consultations.discussion.models import Comment, ModerationAct
from consultations.discussion.policy import HideReason, rule_href
from portal.notifications.actions import notify
from portal.notifications.registry import NotificationKind, register_kind

COMMENT_MODERATED = "comment.moderated"


def register_kinds() -> None:
    """Make known what can be told."""
    label = _("A moderator hid a comment, or decided on an appeal")
    register_kind(NotificationKind(COMMENT_MODERATED, label, "discussion/mail/moderated"))


def tell_author(act: ModerationAct) -> None:
    """
    Have the author of a comment told of an act of a moderator, inside its transaction.

    The mail holds neither the comment nor what was said in an appeal: these stand under "Your
    comments in discussions", to which it leads. Nobody is told whose account is gone or closed.
    """
    author = act.comment.author
    if author is None or not author.is_active or not author.email:
        return
    written_in = act.comment.language
    known = written_in in dict(settings.LANGUAGES)
    language = written_in if known else settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "verb": act.verb,
            "is_wording": act.wording is not None,
            "consultation": act.comment.thread.consultation.in_language().title,
            "reason": str(HideReason(act.reason).label),
            "rule": rule_href(act.reason),
            "path": reverse("account_comments"),
        }
    notify(
        COMMENT_MODERATED,
        to=author.email,
        language=language,
        context=context,
        once=f"discussion.act.{act.pk}",
        about=about_comment(act.comment),
    )


def about_comment(comment: Comment) -> str:
    """Name a comment to the outbox, so that mail about it can be taken back."""
    return f"discussion.comment.{comment.pk}"
