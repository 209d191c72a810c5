"""Comments and threads held until the transaction of an act ends."""

from consultations.calls.models import ConsultationPage
from consultations.discussion.models import Comment, Thread


def locked(comment: Comment) -> Comment:
    """Return the comment as it is now, held until the transaction ends."""
    return (
        # Not so as to hold up an answer to it.
        Comment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("thread__consultation")
        .get(pk=comment.pk)
    )


def locked_thread(consultation: ConsultationPage) -> Thread:
    """Return the consultation's thread, made if need be, held until the transaction ends."""
    return Thread.objects.select_for_update().get_or_create(consultation_id=consultation.pk)[0]
