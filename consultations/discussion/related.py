"""Comments that make much the same point, for whoever is about to make it once more."""

from consultations.discussion.cards import KIND
from consultations.discussion.models import Comment
from portal.search.engines import get_engine

MOST = 3
# Some that read alike stand in other discussions.
ASKED = 20


def similar_comments(comment: Comment) -> list[Comment]:
    """
    Comments of the same discussion that read most like this one, the best first, at most three.

    None of them hidden or removed; none at all where this one is not shown itself.
    """
    if not comment.is_shown:
        return []
    hits = get_engine().similar(KIND, str(comment.pk), kinds=[KIND], limit=ASKED)
    ids = [int(hit.key) for hit in hits]
    if not ids:
        return []
    shown = Comment.objects.shown().filter(thread=comment.thread_id).in_bulk(ids)
    return [shown[pk] for pk in ids if pk in shown][:MOST]
