"""What the search knows of a consultation."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.questionnaires.parts import Questionnaire
from portal.search.analysis.syntax import words_of
from portal.search.cards import CardData, plain_text
from portal.search.facets import Facet, register_facet
from portal.search.models import Card
from portal.search.pages import refresh, register_page_kind
from portal.search.promotions import Named, register_lookup

KIND = "consultation"
PHASE, CONSULTATION = "phase", "consultation"
DOCKET = re.compile(r"[A-Z]+-\d{4}-\d{2,9}")


def card_of(page: ConsultationPage) -> CardData:
    """Return the card of one consultation."""
    words = [*_words(page.background), *asked(page.questionnaire())]
    if (phase := page.phase()) is Phase.OPEN:
        words.append(_what_can_be_done(page))
    words += [*_words(page.outcome_text), *_words(page.dispositions)]
    return CardData(
        kind=KIND,
        key=str(page.pk),
        title=page.title,
        url=page.get_url() or "",
        summary=f"{page.summary} ({findable(page.docket)})".lstrip(),
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
        CONSULTATION: [page.docket],
        "commitment": page.commitments,
        "stage": page.stages,
        "technology": page.technologies,
    }


def findable(reference: str) -> str:
    """
    Write a reference as cards hold it, so that it is found whole and by its parts.

    PostgreSQL takes what follows a hyphen for a number below zero; this one looks the same to
    readers, and parts words for every engine.
    """
    return reference.replace("-", "\N{NON-BREAKING HYPHEN}")


def _what_can_be_done(page: ConsultationPage) -> str:
    """Say what can be done in the words that people look for."""
    if not page.asks_questions:
        return _("Comments are taken until the deadline.")
    if not page.anonymous_allowed:
        return _("You can submit a response until the deadline, without an account.")
    return _("You can submit a response until the deadline, anonymous or with your name.")


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
    """Make consultations searchable, and let a search be narrowed to one, or to a phase."""
    label, plural = gettext_lazy("Consultation"), gettext_lazy("Consultations")
    register_page_kind(ConsultationPage, KIND, label=label, plural=plural, card=card_of)
    phase = gettext_lazy("Phase of the consultation")
    register_facet(Facet(PHASE, phase, _phases, ordered=True))
    register_facet(Facet(CONSULTATION, label, _titles))
    register_lookup(KIND, named)


def _phases(values: Collection[str]) -> dict[str, str]:
    return {phase.value: str(phase.label) for phase in Phase if phase.value in values}


def named(text: str) -> Named | None:
    """Return the consultation whose docket a text is, however it was typed."""
    docket = "-".join(words_of(text)).upper()
    if not DOCKET.fullmatch(docket):
        return None
    page = ConsultationPage.objects.readable().filter(docket=docket).first()
    return Named(docket, page.title, page.get_url() or "") if page else None


def _titles(values: Collection[str]) -> dict[str, str]:
    """List those that everybody may read; what is no docket is not looked for."""
    dockets = [value for value in values if DOCKET.fullmatch(value)]
    if not dockets:
        return {}
    found = ConsultationPage.objects.readable().filter(docket__in=dockets)
    return dict(found.order_by().values_list("docket", "title"))


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
