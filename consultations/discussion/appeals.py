"""What moderators hid of somebody's comments, and what became of appeals against it."""

from collections.abc import Iterable
from typing import NamedTuple

from consultations.discussion.models import Appeal, Comment, CommentVersion, ModerationAct

Verb = ModerationAct.Verb


class Hiding(NamedTuple):
    """
    An act that hid a comment or an earlier wording, as its author is told of it.

    `stands` is whether the text is hidden by it now; `appeal` is None where nobody appealed.
    """

    act: ModerationAct
    stands: bool
    appeal: Appeal | None

    @property
    def may_be_appealed(self) -> bool:
        return self.stands and self.appeal is None

    @property
    def concerns_author(self) -> bool:
        """Say whether there is something to tell: it stands, or an appeal was decided."""
        return self.stands or self.appeal is not None


def hidings_of(comment_ids: Iterable[int]) -> list[Hiding]:
    """Return every act of hiding one of these comments, the newest first; one query."""
    acts = list(
        ModerationAct.objects.filter(comment__in=list(comment_ids))
        .exclude(verb=Verb.UPHOLD)
        .select_related("appeal__decision")
        .order_by("pk")
    )
    last = {(act.comment_id, act.wording): act.pk for act in acts}
    return [
        Hiding(act, last[act.comment_id, act.wording] == act.pk, getattr(act, "appeal", None))
        for act in reversed(acts)
        if act.verb == Verb.HIDE
    ]


def wording_of(act: ModerationAct) -> Comment | CommentVersion:
    """Return what an act is about: the comment, or the earlier wording that it names."""
    if act.wording is None:
        return act.comment
    return act.comment.versions.get(number=act.wording)
