"""Pages of text: about, contact, how to take part and their like."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.cms.additions import addition_to
from portal.cms.blocks import BodyBlock, contents
from portal.cms.library.panels import FilesPanel
from portal.cms.models.base import BasePage
from portal.cms.models.standing_text import standing_name, standing_sections, standing_text

# Below this many sections a list of them is longer than looking.
CONTENTS_FROM = 3


class TextPage(BasePage):
    """
    A page of text: the portal's own sentences where it has some, then what editors write.

    The pages under it are listed at its end.
    """

    # The portal's own sentences on it, in `templates/cms/standing/`; "" where its path says which.
    standing: ClassVar[str] = ""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        standing = standing_text(self)
        sections = [
            *standing_sections(standing),
            *({**each, "language": self.written_in} for each in contents(self.body)),
        ]
        if addition := addition_to(self.url_path):
            sections = [{"href": f"#{addition.anchor}", "text": str(addition.title)}, *sections]
            context.update(addition=addition, added=addition.context())
        context["reviewed_as"] = standing_name(self)
        context["standing"] = mark_safe(standing)  # our own template, which escapes
        context["contents"] = sections if len(sections) >= CONTENTS_FROM else []
        context["children"] = self.children_shown().specific()
        return context


class StandardPage(TextPage):
    """A page of text that editors may make as many of as they like."""

    template = "cms/standard_page.html"
    page_description = _("A page of text, such as “About” or “Accessibility”.")
    parent_page_types: ClassVar = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar = ["cms.StandardPage", "cms.PrivacyPage", "cms.AccessibilityPage"]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body"), FilesPanel()]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
