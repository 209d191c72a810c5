"""One comment as JSON, with what checks it against the record."""

from typing import Any

from consultations.discussion.models import Comment, ModerationAct
from consultations.discussion.recording import content
from portal.record.audit_sources import entries_at
from portal.record.models import Entry
from portal.record.public import opened


def as_recorded_of(comment: Comment) -> dict[str, Any] | None:
    """
    Return the entry of a comment's present wording with the words of which it has the digest.

    Of a comment that is not shown, the entry of the act that took it away, which says why, and no
    words. Of one that was hidden before its author removed it, the act that hid it: the removal is
    an entry that nobody may read, as is the wording that it erased. So `standing` says what the
    comment's page says: "shown", "hidden" or "removed". None where no entry is open to everybody.
    """
    wording = entries_at([comment.record_leaf]).get(comment.record_leaf)
    if comment.is_shown:
        told = wording
    else:
        told = _hiding(comment) if comment.is_hidden else _removal(wording)
    if told is None or not told.public or told.statement is None:
        return None
    words = content(comment, told.statement.get("content", 1)) if comment.is_shown else None
    return {**opened(told, words), "standing": _standing(comment)}


def _standing(comment: Comment) -> str:
    if comment.is_removed:
        return "removed"
    return "hidden" if comment.is_hidden else "shown"


def _removal(wording: Entry | None) -> Entry | None:
    return entries_at([wording.erased_by]).get(wording.erased_by) if wording else None


def _hiding(comment: Comment) -> Entry | None:
    hides = ModerationAct.objects.filter(verb=ModerationAct.Verb.HIDE)
    acts = hides.filter(comment=comment, wording=None).order_by("-pk")
    leaf = acts.values_list("record_leaf", flat=True).first() or ""
    return entries_at([leaf]).get(leaf)
