"""The first page of a language."""

from contextlib import suppress
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import ListBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page

from portal.cms.blocks.links import LinkBlock
from portal.cms.blocks.text import RICH_TEXT_FEATURES
from portal.cms.library.panels import FilesPanel
from portal.cms.models.base import SEARCH_ENGINE_PANEL, BasePage
from portal.cms.models.code import commitments_shown
from portal.cms.models.in_every_language import languages_of_pages
from portal.cms.shelves import home_shelves, panoramas
from portal.languages import easy_words

SHELF_LENGTH = 4


class HomePage(BasePage):
    """Shelves that the features fill: what is open, new and answered. One page a language."""

    introduction = models.TextField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("Beneath the title: what the portal is for, in one or two sentences."),
    )
    lead = RichTextField(
        _("lead text"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Beneath the shelves: who runs the portal, how to take part."),
    )
    highlights = StreamField(
        [("links", ListBlock(LinkBlock(), label=_("Links"), max_num=4))],
        verbose_name=_("highlighted links"),
        blank=True,
        max_num=1,
    )

    is_assembled: ClassVar[bool] = True
    template = "cms/home_page.html"
    page_description = _("The first page of a language: what is open, new and answered.")
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    # By name: the ground floor does not import the wings.
    subpage_types: ClassVar = [
        "cms.StandardPage",
        "cms.CodePage",
        "cms.BeforeYouAnswerPage",
        "guides.GuideIndexPage",
        "learning.LearningPage",
        "calls.ConsultationIndexPage",
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("lead"),
        FieldPanel("highlights"),
        FieldPanel("summary"),
        FilesPanel(),
    ]
    promote_panels: ClassVar = [SEARCH_ENGINE_PANEL]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Allow one for each language, so none where every language has its own."""
        return super().can_create_at(parent) and cls.objects.count() < Locale.objects.count()

    def get_fixed_slug(self) -> str | None:
        """Return the language, so that the tree reads as the addresses do."""
        return self.locale.language_code if self.locale_id else None

    def clean(self) -> None:
        # First: Wagtail's complaint about the slug would be of a field that the form lacks.
        if HomePage.objects.filter(locale=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError(_("This language has a home page already."))
        super().clean()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """
        Find the page at an address: in this language, or the original where it is not translated.

        Raise Http404 where no language has it.
        """
        try:
            return super().route(request, path_components)
        except Http404:
            if len(languages_of_pages()) == 1:
                raise
            for other in self._others_with(path_components):
                with suppress(Http404):
                    return super(HomePage, other).route(request, path_components)
            raise

    def _others_with(self, path_components: list[str]) -> "list[HomePage]":
        """
        Return the home pages of other languages below which an address is. Two queries.

        What asks for easy words of a page is no part of where it is.
        """
        is_easy = path_components[-1:] == [easy_words.PATH]
        steps = path_components[:-1] if is_easy else path_components
        below = "".join(f"{each}/" for each in steps)
        others = HomePage.objects.live().exclude(pk=self.pk)
        homes = {f"{home.url_path}{below}": home for home in others}
        there = Page.objects.filter(url_path__in=homes).order_by("-live", "path")
        return [homes[path] for path in there.values_list("url_path", flat=True)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        head, below = home_shelves(SHELF_LENGTH)
        context.update(
            head=head,
            shelves=below,
            panoramas=panoramas(),
            commitments=commitments_shown(),
        )
        return context
