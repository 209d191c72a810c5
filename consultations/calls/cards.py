"""What the search knows of a consultation."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.questionnaires.parts import Questionnaire
from portal.search.cards import CardData, plain_text
from portal.search.facets import Facet, register_facet
from portal.search.models import Card
from portal.search.pages import refresh, register_page_kind

KIND = "consultation"
PHASE = "phase"


def card_of(page: ConsultationPage) -> CardData:
    """Return the card of one consultation."""
    words = [*_words(page.background), *asked(page.questionnaire())]
    words += [*_words(page.outcome_text), *_words(page.dispositions)]
    phase = page.phase()
    return CardData(
        kind=KIND,
        key=str(page.pk),
        title=page.title,
        url=page.get_url() or "",
        summary=page.summary,
        body=plain_text(" ".join([*words, str(page.host), page.outcome_summary])),
        language=page.locale.language_code,
        date=page.opens_at,
        facets={
            **concerns(page),
            PHASE: [phase.value],
        },
        is_open=phase is Phase.OPEN,
    )


def concerns(page: ConsultationPage) -> dict[str, list[str]]:
    """Return what it concerns, as facets; its comments and responses concern the same."""
    return {
        "commitment": page.commitments,
        "stage": page.stages,
        "technology": page.technologies,
    }


def asked(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the words of a questionnaire that people may look for; a section's as HTML."""
    for part in questionnaire.parts:
        yield from (escape(part.title), part.introduction)
        for question in part.questions:
            yield from map(escape, (question.text, question.help))
            yield from (escape(option.label) for option in (*question.rows, *question.options))


def _words(stream: StreamValue) -> Iterator[str]:
    yield from stream.stream_block.get_searchable_content(stream)


def register_consultations() -> None:
    """Make consultations searchable, and let them be narrowed to a phase."""
    register_page_kind(
        ConsultationPage, KIND, label=_("Consultation"), plural=_("Consultations"), card=card_of
    )
    register_facet(Facet(PHASE, _("Phase of the consultation"), _phases, ordered=True))


def _phases(values: Collection[str]) -> dict[str, str]:
    return {phase.value: str(phase.label) for phase in Phase if phase.value in values}


def refresh_phases(at: datetime) -> int:
    """
    Write anew the cards of consultations that stand elsewhere than their card says, at an aware
    instant; returns how many.

    Time moves a phase without anybody writing anything. Two queries where nothing has changed.
    """
    cards = Card.objects.filter(kind=KIND).values_list("key", "facet_set__terms")
    said = {int(key): terms.get(PHASE, []) for key, terms in cards}
    pages = ConsultationPage.objects.filter(pk__in=said).defer_streamfields()
    late = [page.pk for page in pages if said[page.pk] != [page.phase(at).value]]
    return sum(_refresh_phase(pk) for pk in late)


@transaction.atomic
def _refresh_phase(pk: int) -> bool:
    """Holds the card first: one that has been taken out meanwhile must not come back."""
    if not Card.objects.select_for_update().filter(kind=KIND, key=str(pk)).exists():
        return False
    refresh(ConsultationPage.objects.get(pk=pk))
    return True


def follow_consultations(refresh: Callable[[ConsultationPage], None], *, name: str) -> None:
    """
    Have `refresh` called for each consultation that is published, unpublished, moved or restricted.

    For rooms whose cards name the consultation and may be found only while everybody may read it;
    `name` is of the one who follows, who is then called once however often they say so.
    """

    def changed(instance: ConsultationPage, **kwargs: object) -> None:
        refresh(instance)

    def moved(instance: Page, **kwargs: object) -> None:
        below(instance.pk)

    def restricted(instance: PageViewRestriction, **kwargs: object) -> None:
        below(instance.page_id)

    def below(pk: int) -> None:
        branch = Page.objects.filter(pk=pk).first()  # where it stands now
        if branch is None:  # deleted with its restriction
            return
        for consultation in ConsultationPage.objects.descendant_of(branch, inclusive=True):
            refresh(consultation)

    for signal in (page_published, page_unpublished):
        signal.connect(changed, sender=ConsultationPage, weak=False, dispatch_uid=name)
    post_page_move.connect(moved, weak=False, dispatch_uid=name)
    for signal in (post_save, post_delete):
        signal.connect(restricted, sender=PageViewRestriction, weak=False, dispatch_uid=name)
