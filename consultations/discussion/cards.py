"""What the search knows of a comment: a card while it is shown and its consultation is public."""

from collections.abc import Iterator
from itertools import islice

from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from consultations.calls.models import ConsultationPage
from consultations.discussion.models import Comment
from portal.search.cards import CardData, put, put_many, remove, remove_many
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
    published = ConsultationPage.objects.live().public().values("pk")
    comments = Comment.objects.shown().filter(thread__consultation__in=published)
    for comment in comments.select_related("thread__consultation").iterator(chunk_size=2_000):
        yield card_of(comment, comment.thread.consultation)


def put_cards_of(consultation: ConsultationPage) -> None:
    """Write the cards of a whole discussion, when its consultation becomes public (again)."""
    comments = Comment.objects.shown().filter(thread__consultation=consultation.pk)
    cards = (card_of(comment, consultation) for comment in comments.iterator())
    while chunk := list(islice(cards, CHUNK)):
        put_many(chunk)


def remove_cards_of(consultation: ConsultationPage) -> None:
    """Take a whole discussion out of the search, when its consultation is no longer public."""
    comments = Comment.objects.shown().filter(thread__consultation=consultation.pk)
    remove_many(KIND, map(str, comments.values_list("pk", flat=True)))


def follow_consultations() -> None:
    """
    Keep a discussion's cards in step with its consultation being published, unpublished or kept
    from the public by a view restriction.

    An edit of a consultation that is public already changes no card: with many comments that
    would be slow, and `rebuild_search` is there for a title that has changed.
    """
    page_unpublished.connect(
        _unpublished, sender=ConsultationPage, dispatch_uid="discussion_unpublished"
    )
    page_published.connect(_published, sender=ConsultationPage, dispatch_uid="discussion_published")
    for signal in (post_save, post_delete):
        signal.connect(
            _restriction_changed, sender=PageViewRestriction, dispatch_uid="discussion_restriction"
        )


def _unpublished(instance: ConsultationPage, **kwargs: object) -> None:
    remove_cards_of(instance)


def _published(instance: ConsultationPage, **kwargs: object) -> None:
    newest = Comment.objects.shown().filter(thread__consultation=instance.pk).order_by("-id")
    key = newest.values_list("pk", flat=True).first()
    if key and not Card.objects.filter(kind=KIND, key=str(key)).exists():
        put_cards_of(instance)


def _restriction_changed(instance: PageViewRestriction, **kwargs: object) -> None:
    branch = Page.objects.filter(pk=instance.page_id).first()
    if branch is None:  # deleted with its page, and the comments with both
        return
    below = ConsultationPage.objects.descendant_of(branch, inclusive=True)
    public = set(below.live().public().values_list("pk", flat=True))
    for consultation in below:
        (put_cards_of if consultation.pk in public else remove_cards_of)(consultation)


def register_comments() -> None:
    """Make comments searchable."""
    register_kind(Kind(KIND, gettext_lazy("Comment"), gettext_lazy("Comments"), all_cards))
