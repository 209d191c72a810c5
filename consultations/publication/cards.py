"""What the search knows of a published response: what the public is shown of it, no more."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, time

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.calls.cards import concerns, findable
from consultations.calls.models import ConsultationPage
from consultations.publication.models import PublicCopy
from consultations.publication.presenters import plain_answer
from consultations.questionnaires.parts import Questionnaire
from portal.cms.navigation import address
from portal.cms.wings.matrix import WORK, Entry
from portal.search.cards import CardData, differing, in_batches, put_many, remove, remove_many
from portal.search.facet_counts import PublicCards
from portal.search.registry import Kind, register_kind
from portal.taxonomy.vocabularies import COMMITMENT
from portal.web.addresses import href

KIND = "response"
CHUNK = 200


def card_of(
    copy: PublicCopy, consultation: ConsultationPage, questionnaire: Questionnaire
) -> CardData:
    """
    Return the card of a published response; its date is a day, its group and language are told.

    That of a translation is in the language of the translation, and called so: results, feeds and
    mail show its title.
    """
    called = _("%(title)s (unofficial translation)") if copy.translated_into else "%(title)s"
    texts = [
        plain_answer(question, copy.answers[question.id])
        for question in questionnaire.questions
        if question.id in copy.answers
    ]
    names = [f"{each['name']} {each['organisation']}" for each in copy.signatories]
    day, reference = copy.published_on, findable(copy.response.reference)
    return CardData(
        kind=KIND,
        key=copy.response.reference,
        context=_("Response to %(consultation)s") % {"consultation": consultation.title},
        title=called % {"title": copy.title},
        url=copy.get_absolute_url(),
        body=" · ".join(filter(None, [*texts, copy.organisation_name, *names, reference])),
        language=copy.text_language,
        group=copy.shown_group,
        state=copy.state,
        date=datetime.combine(day, time.min, UTC) if day else None,
        facets=concerns(consultation),
    )


def put_cards(copies: Iterable[PublicCopy], consultation: ConsultationPage) -> None:
    """
    Have right the cards of published copies of one consultation, if everybody may read that.

    None is written that is right already: Elasticsearch would hear of each.
    """
    if not consultation.live or consultation.get_view_restrictions().exists():
        return
    questionnaire = consultation.questionnaire()
    for batch in in_batches(copies, CHUNK):
        cards = [card_of(copy, consultation, questionnaire) for copy in batch]
        put_many(differing(KIND, cards))


def remove_card(copy: PublicCopy) -> None:
    """Take a response out of the search."""
    remove(KIND, copy.response.reference)


def all_cards(keys: Collection[str] | None = None) -> Iterator[CardData]:
    """Yield the cards of published responses that everybody may read: all, or those of `keys`."""
    copies = PublicCopy.objects.published().select_related("response")
    if keys is not None:
        copies = copies.filter(response__reference__in=keys)
    with_copies = Exists(copies.filter(consultation=OuterRef("pk")))
    for consultation in ConsultationPage.objects.live().public().filter(with_copies):
        questionnaire = consultation.questionnaire()
        for copy in copies.of(consultation).iterator(chunk_size=CHUNK):
            yield card_of(copy, consultation, questionnaire)


def refresh_cards_of(consultation: ConsultationPage) -> None:
    """Write or remove the cards of all its responses, as the consultation is public or not."""
    published = _published(consultation)
    if not consultation.live or consultation.get_view_restrictions().exists():
        keys = published.values_list("response__reference", flat=True).iterator()
        for some in in_batches(keys, CHUNK):
            remove_many(KIND, some)
    elif published.exists():
        put_cards(published.iterator(chunk_size=CHUNK), consultation)


def _published(consultation: ConsultationPage) -> QuerySet[PublicCopy]:
    return PublicCopy.objects.published().of(consultation).select_related("response")


def register_responses() -> None:
    """Make published responses searchable."""
    register_kind(
        Kind(
            KIND, gettext_lazy("Published response"), gettext_lazy("Published responses"), all_cards
        )
    )
    WORK.register("responses", answered)


def answered(cards: PublicCards) -> Iterator[Entry]:
    """Count the public responses under each commitment as the search lists them."""
    for key, number in cards.by_value(COMMITMENT.key, {"kind": [KIND]}).items():
        told = ngettext("%(num)d published response", "%(num)d published responses", number) % {
            "num": number
        }
        listed = href({"kind": KIND, "commitment": key}, address("search/"))
        yield Entry("answered", key, told, listed)
