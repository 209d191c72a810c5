"""What the search knows of a consultation."""

from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from portal.search.cards import CardData, plain_text
from portal.search.pages import register_page_kind

KIND = "consultation"


def card_of(page: ConsultationPage) -> CardData:
    """The card of one consultation."""
    streams = (page.background, page.questions, page.outcome_text, page.dispositions)
    words = [
        words for stream in streams for words in stream.stream_block.get_searchable_content(stream)
    ]
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


def register_consultations() -> None:
    """Make consultations searchable."""
    register_page_kind(
        ConsultationPage, KIND, label=_("Consultation"), plural=_("Consultations"), card=card_of
    )
