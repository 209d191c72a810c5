"""What the search knows of a comment: a card while it is shown and its consultation is public."""

from collections.abc import Collection, Iterator, Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.calls.cards import concerns
from consultations.calls.models import ConsultationPage
from consultations.discussion.models import Comment
from portal.cms.navigation import address
from portal.cms.wings.matrix import WORK, Entry
from portal.search.cards import CardData, in_batches, put, put_many, remove, remove_many
from portal.search.contexts import put_context
from portal.search.facet_counts import PublicCards
from portal.search.models import Card
from portal.search.registry import Kind, numbers, register_kind
from portal.taxonomy.vocabularies import COMMITMENT
from portal.web.addresses import href

KIND = "comment"
CHUNK = 500


def card_of(comment: Comment, consultation: ConsultationPage) -> CardData:
    """Return the card of a comment."""
    return CardData(
        kind=KIND,
        key=str(comment.pk),
        context=_context(consultation),
        url=comment.get_absolute_url(),
        body=comment.body,
        language=comment.language,
        group=comment.group,
        date=comment.created_at,
        facets=concerns(consultation),
    )


def put_card(comment: Comment, consultation: ConsultationPage) -> None:
    """Write the card of a comment that may be read by everybody."""
    put(card_of(comment, consultation))


def remove_card(comment: Comment) -> None:
    """Take a comment out of the search."""
    remove(KIND, str(comment.pk))


def all_cards(keys: Collection[str] | None = None) -> Iterator[CardData]:
    """Yield the cards of comments that everybody may read: all, in chunks, or those of `keys`."""
    public = ConsultationPage.objects.live().public().values("pk")
    comments = Comment.objects.shown().filter(thread__consultation__in=public)
    if keys is not None:
        comments = comments.filter(pk__in=numbers(keys))
    for comment in comments.select_related("thread__consultation").iterator(chunk_size=CHUNK):
        yield card_of(comment, comment.thread.consultation)


def speakers(keys: Collection[str]) -> Mapping[str, str]:
    """Return the names under which comments are shown that nobody hid or removed, by their keys."""
    comments = Comment.objects.shown().filter(pk__in=numbers(keys)).only("author_name")
    return {str(comment.pk): comment.speaker for comment in comments}


@transaction.atomic(savepoint=False)
def refresh_cards_of(consultation: ConsultationPage) -> None:
    """
    Write or remove the cards of a whole discussion, as its consultation is public or not.

    Those that are there are headed by its title as it is now. They are written anew where the
    newest comment has no card, or one that says otherwise what the consultation concerns.
    """
    comments = Comment.objects.shown().filter(thread__consultation=consultation.pk).order_by("-id")
    keys = (str(pk) for pk in comments.values_list("pk", flat=True).iterator())
    if not consultation.live or consultation.get_view_restrictions().exists():
        for some in in_batches(keys, CHUNK):
            remove_many(KIND, some)
    elif _has_cards(comments.values_list("pk", flat=True).first(), consultation):
        put_context(KIND, keys, _context(consultation))
    else:
        cards = (card_of(comment, consultation) for comment in comments.iterator())
        for batch in in_batches(cards, CHUNK):
            put_many(batch)


def _has_cards(newest: int | None, consultation: ConsultationPage) -> bool:
    """Say whether nothing is to be written: no comment, or cards that have its terms."""
    if newest is None:
        return True
    cards = Card.objects.filter(kind=KIND, key=str(newest))
    terms = cards.values_list("facet_set__terms", flat=True).first()
    return terms is not None and all(
        terms.get(facet, []) == sorted(set(values))
        for facet, values in concerns(consultation).items()
    )


def _context(consultation: ConsultationPage) -> str:
    return _("Comment on %(consultation)s") % {"consultation": consultation.title}


def register_comments() -> None:
    """Make comments searchable."""
    label, plural = gettext_lazy("Comment"), gettext_lazy("Comments")
    register_kind(Kind(KIND, label, plural, all_cards, speakers))
    WORK.register("comments", answered)


def answered(cards: PublicCards) -> Iterator[Entry]:
    """Count the public comments under each commitment as the search lists them."""
    for key, number in cards.by_value(COMMITMENT.key, {"kind": [KIND]}).items():
        told = ngettext("%(num)d comment", "%(num)d comments", number) % {"num": number}
        listed = href({"kind": KIND, "commitment": key}, address("search/"))
        yield Entry("answered", key, told, listed)
