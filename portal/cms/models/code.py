"""The Code of Conduct and its six commitments: the portal's spine."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.cms.blocks import BodyBlock
from portal.cms.library.panels import FilesPanel
from portal.cms.models.base import SEARCH_ENGINE_PANEL, BasePage
from portal.cms.models.in_every_language import asked_alike, one_of_each
from portal.cms.models.restricted import is_restricted
from portal.cms.shelves import filled_shelves
from portal.cms.wings.matrix import MATRICES
from portal.search.facet_counts import PublicCards
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import COMMITMENT

# "Everything under it", within what a page can carry; each shelf links to the rest.
SHELF_LENGTH = 24


class CodePage(BasePage):
    """The Code as a text, with its commitments: what is done under each, and what is missing."""

    fixed_slug: ClassVar[str | None] = "code"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    needed_to_publish: ClassVar = ("body",)
    template = "cms/code_page.html"
    page_description = _("The text of the Code of Conduct, above its commitments.")
    max_count_per_parent = 1
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = ["cms.CommitmentPage"]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body"), FilesPanel()]
    promote_panels: ClassVar = [SEARCH_ENGINE_PANEL]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("the Code")
        verbose_name_plural = _("the Code")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        cards = PublicCards()
        context.update(
            commitments=commitments_shown(),
            matrices=MATRICES,
            rows={name: each.rows(cards) for name, each in MATRICES.items()},
        )
        return context


class CommitmentPage(BasePage):
    """
    One commitment of the Code, with what is published and asked under it.

    Its key is its address and a facet of everything else, so it is chosen once.
    """

    commitment = TermField(COMMITMENT)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    is_assembled: ClassVar[bool] = True
    template = "cms/commitment_page.html"
    page_description = _("One commitment of the Code, and what is asked and published under it.")
    parent_page_types: ClassVar = ["cms.CodePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("commitment"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FilesPanel(),
    ]
    promote_panels: ClassVar = [SEARCH_ENGINE_PANEL]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def get_fixed_slug(self) -> str | None:
        return self.commitment or None

    def clean(self) -> None:
        # First: Wagtail's complaint about the slug would be of a field that the form lacks.
        others = CommitmentPage.objects.exclude(pk=self.pk)
        if others.filter(locale=self.locale_id, commitment=self.commitment).exists():
            raise ValidationError({"commitment": _("This commitment has a page already.")})
        kept = CommitmentPage.objects.filter(pk=self.pk).values_list("commitment", flat=True)
        if self.pk and kept and kept[0] != self.commitment:
            raise ValidationError({"commitment": _("The commitment of a page cannot change.")})
        super().clean()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        cards = PublicCards()
        context.update(
            shelves=filled_shelves(self.commitment, SHELF_LENGTH),
            matrices=MATRICES,
            row={name: each.row(self.commitment, cards) for name, each in MATRICES.items()},
        )
        return context


def commitments_shown() -> "list[CommitmentPage]":
    """Return each commitment's page in the reader's language if it has one, in the Code's order."""
    order = COMMITMENT.keys
    return sorted(_commitments(), key=lambda page: order.index(page.commitment))


@asked_alike
def _commitments() -> PageQuerySet:
    return one_of_each(CommitmentPage.objects.live().exclude(is_restricted()).defer("body"))
