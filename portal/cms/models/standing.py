"""Pages of text: about, accessibility, privacy and their like."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.cms.additions import addition_to
from portal.cms.blocks import BodyBlock, contents
from portal.cms.library.panels import FilesPanel
from portal.cms.models.base import BasePage

# Below this many sections a list of them is longer than looking.
CONTENTS_FROM = 3


class StandardPage(BasePage):
    """A page of text, with the pages under it listed at its end."""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    template = "cms/standard_page.html"
    page_description = _("A page of text, such as “About” or “Accessibility”.")
    parent_page_types: ClassVar = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar = ["cms.StandardPage"]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body"), FilesPanel()]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        sections = contents(self.body)
        if addition := addition_to(self.url_path):
            sections = [{"href": f"#{addition.anchor}", "text": str(addition.title)}, *sections]
            context.update(addition=addition, added=addition.context())
        context["contents"] = sections if len(sections) >= CONTENTS_FROM else []
        context["children"] = StandardPage.objects.child_of(self).live().public()
        return context
