"""What the search knows of a comment: a card while it is shown and its consultation is public."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.calls.models import ConsultationPage
from consultations.discussion.models import Comment
from portal.search.cards import CardData, in_batches, put, put_many, remove, remove_many
from portal.search.models import Card
from portal.search.registry import Kind, register_kind

KIND = "comment"
CHUNK = 500


def card_of(comment: Comment, consultation: ConsultationPage) -> CardData:
    """The card of a comment; what the consultation concerns, its comments concern."""
    return CardData(
        kind=KIND,
        key=str(comment.pk),
        context=_("Comment on %(consultation)s") % {"consultation": consultation.title},
        url=comment.get_absolute_url(),
        body=comment.body,
        language=comment.language,
        group=comment.group,
        date=comment.created_at,
        facets={
            "commitment": consultation.commitments,
            "stage": consultation.stages,
            "technology": consultation.technologies,
        },
    )


def put_card(comment: Comment, consultation: ConsultationPage) -> None:
    """Write the card of a comment that may be read by everybody."""
    put(card_of(comment, consultation))


def remove_card(comment: Comment) -> None:
    """Take a comment out of the search."""
    remove(KIND, str(comment.pk))


def all_cards() -> Iterator[CardData]:
    """The cards of every comment that everybody may read, in chunks from the database."""
    public = ConsultationPage.objects.live().public().values("pk")
    comments = Comment.objects.shown().filter(thread__consultation__in=public)
    for comment in comments.select_related("thread__consultation").iterator(chunk_size=CHUNK):
        yield card_of(comment, comment.thread.consultation)


def refresh_cards_of(consultation: ConsultationPage) -> None:
    """
    Write or remove the cards of a whole discussion, as its consultation is public or not.

    Where the newest comment has a card already, all are left as they are: rewriting them at every
    edit of the consultation would be slow, and `rebuild_search` is there for a title that changed.
    """
    comments = Comment.objects.shown().filter(thread__consultation=consultation.pk).order_by("-id")
    if not consultation.live or consultation.get_view_restrictions().exists():
        keys = (str(pk) for pk in comments.values_list("pk", flat=True).iterator())
        for some in in_batches(keys, CHUNK):
            remove_many(KIND, some)
        return
    newest = comments.values_list("pk", flat=True).first()
    if newest and not Card.objects.filter(kind=KIND, key=str(newest)).exists():
        cards = (card_of(comment, consultation) for comment in comments.iterator())
        for batch in in_batches(cards, CHUNK):
            put_many(batch)


def register_comments() -> None:
    """Make comments searchable."""
    register_kind(Kind(KIND, gettext_lazy("Comment"), gettext_lazy("Comments"), all_cards))
