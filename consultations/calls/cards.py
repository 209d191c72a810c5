"""What the search knows of a consultation."""

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from consultations.calls.models import ConsultationPage
from consultations.calls.questionnaire import Questionnaire
from portal.search.cards import CardData, plain_text
from portal.search.pages import register_page_kind

KIND = "consultation"


def card_of(page: ConsultationPage) -> CardData:
    """The card of one consultation."""
    words = [*_words(page.background), *asked(page.questionnaire())]
    words += [*_words(page.outcome_text), *_words(page.dispositions)]
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
            "commitment": page.commitments,
            "stage": page.stages,
            "technology": page.technologies,
        },
    )


def asked(questionnaire: Questionnaire) -> Iterator[str]:
    """The words of a questionnaire that people may look for; a section's as HTML."""
    for part in questionnaire.parts:
        yield from (escape(part.title), part.introduction)
        for question in part.questions:
            yield from map(escape, (question.text, question.help))
            yield from (escape(option.label) for option in (*question.rows, *question.options))


def _words(stream: StreamValue) -> Iterator[str]:
    yield from stream.stream_block.get_searchable_content(stream)


def register_consultations() -> None:
    """Make consultations searchable."""
    register_page_kind(
        ConsultationPage, KIND, label=_("Consultation"), plural=_("Consultations"), card=card_of
    )
