"""Pages of text in the search index: the Code, its commitments, what the portal says of itself."""

from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from portal.cms.models import (
    AccessibilityPage,
    BasePage,
    BeforeYouAnswerPage,
    CodePage,
    CommitmentPage,
    PrivacyPage,
    StandardPage,
)
from portal.cms.models.standing_text import standing_words
from portal.search.cards import CardData
from portal.search.pages import register_page_kind

KIND = "page"
# What the portal says of itself comes behind what says as much on the matter: its pages are in each
# language, and such as tell everything have every word somewhere.
WEIGHS = 0.8


def register_page(model: type[BasePage], *streams: str) -> None:
    """Make a page type searchable by its title, its summary and these of its stream fields."""
    register_page_kind(
        model,
        KIND,
        label=_("Page"),
        plural=_("Pages"),
        card=partial(card_of, streams=streams),
        weighs=WEIGHS,
    )


def register_pages() -> None:
    """Make searchable what the portal's own page types hold."""
    for model in (CodePage, CommitmentPage, StandardPage, PrivacyPage, AccessibilityPage):
        register_page(model, "body")
    register_page(BeforeYouAnswerPage, "help_lines")


def card_of(page: BasePage, streams: Iterable[str]) -> CardData:
    """Return the card of a page of text; without a date, for it is what it is today."""
    words = [standing_words(page)]
    words += [word for name in streams for word in _words(getattr(page, name))]
    commitment = getattr(page, "commitment", "")
    return CardData(
        kind=KIND,
        key=str(page.pk),
        title=page.title,
        url=page.get_url() or "",
        summary=page.summary,
        body=" ".join(words).strip(),
        language=page.locale.language_code,
        facets={"commitment": [commitment]} if commitment else {},
    )


def _words(stream: StreamValue) -> list[str]:
    return stream.stream_block.get_searchable_content(stream)
