"""A consultation's thread, its comments, their earlier wordings, and what moderators did."""

from consultations.discussion.models.comments import (
    MAX_BODY,
    Comment,
    CommentVersion,
    Spoken,
    Thread,
)
from consultations.discussion.models.moderation import (
    MAX_APPEAL,
    Appeal,
    ModerationAct,
    ReadMark,
)

__all__ = [
    "MAX_APPEAL",
    "MAX_BODY",
    "Appeal",
    "Comment",
    "CommentVersion",
    "ModerationAct",
    "ReadMark",
    "Spoken",
    "Thread",
]
