"""What becomes of somebody's comments when their account is deleted."""

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from consultations.discussion.actions import remove_all, take_names_out
from consultations.discussion.models import Appeal, Comment, ModerationAct, ReadMark
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have comments decided about with each account."""
    register(Leaving(told=_told, leave=_leave, chooses=_has_comments, kept=_kept))


def _told(user: User) -> list[str]:
    count = user.comments.count()
    if not count:
        return []
    return [
        ngettext(
            "You have written %(count)s comment in discussions.",
            "You have written %(count)s comments in discussions.",
            count,
        )
        % {"count": count}
    ]


def _has_comments(user: User) -> bool:
    return user.comments.exists()


def _leave(user: User, at: datetime, erase: bool) -> None:
    (remove_all if erase else take_names_out)(user, at)


def _kept(user: User, for_owner: bool) -> Kept:
    comments = Comment.objects.filter(author=user).select_related("thread__consultation")
    comments = comments.prefetch_related("versions").order_by("pk")
    appeals = Appeal.objects.filter(act__comment__author=user) if for_owner else ()
    acts = ModerationAct.objects.filter(moderator=user).order_by("pk")
    return Kept(
        {
            "comments": [_comment(each, for_owner) for each in comments],
            "appeals": [
                {"comment": each.act.comment_id, "text": each.text, "answer": each.answer}
                for each in appeals
            ],
            "comments_read_up_to": list(
                ReadMark.objects.filter(person=user).values_list("comment_id", flat=True)
            ),
            "acts_on_comments": list(acts.values("comment", "verb", "reason", "note", "at")),
        }
    )


def _comment(comment: Comment, for_owner: bool) -> dict[str, Any]:
    """Return a comment and its earlier wordings; what is hidden, for its author alone."""
    return {
        "address": comment.get_absolute_url(),
        "consultation": comment.thread.consultation.docket,
        "name": comment.author_name,
        "organisation": comment.organisation_name,
        "text": comment.body if for_owner or comment.is_shown else None,
        "posted": comment.created_at,
        "edited": comment.edited_at,
        "hidden": comment.hidden_at,
        "earlier_wordings": [
            {
                "text": each.body if for_owner or not each.is_hidden else None,
                "written": each.written_at,
            }
            for each in comment.versions.all()
            if for_owner or comment.is_shown
        ],
    }
