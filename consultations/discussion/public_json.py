"""One comment as JSON, with what checks it against the record."""

from typing import Any

from consultations.discussion.models import Comment, ModerationAct
from consultations.discussion.recording import content
from portal.record.audit_sources import entries_at
from portal.record.public import opened


def as_recorded_of(comment: Comment) -> dict[str, Any] | None:
    """
    Return the entry of a comment's present wording with the words of which it has the digest.

    Of a comment that is not shown, the entry of the act that took it away, which says why, and no
    words. None where neither is open to everybody.
    """
    acts = ModerationAct.objects.filter(comment=comment).order_by("-pk")
    act = acts.values_list("record_leaf", flat=True).first() or ""
    entries = entries_at([comment.record_leaf, act])
    wording, hiding = entries.get(comment.record_leaf), entries.get(act)
    if wording and wording.public and wording.statement and not comment.is_hidden:
        return opened(wording, content(comment.body))
    return opened(hiding, None) if hiding and hiding.public and hiding.statement else None
