"""Links to pages of the portal and to other sites."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """Return the address: of the page where one is chosen and published, else the one typed."""
        page = self["page"]
        return (page.url if page and page.live else "") or self["url"]

    @property
    def title(self) -> str:
        return self["text"] or (self["page"].title if self["page"] else self["url"])


class LinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page of this portal"), required=False)
    url = blocks.URLBlock(label=_("Or an address elsewhere"), required=False)
    text = blocks.CharBlock(
        label=_("Link text"),
        required=False,
        help_text=_("Needed for an address elsewhere; a page's own title is used otherwise."),
    )

    def clean(self, value: Any) -> Any:
        """Refuse a link to nowhere, to two places, or to another site without words."""
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            raise blocks.StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or type an address, one of the two."))}
            )
        if value["url"] and not value["text"]:
            raise blocks.StructBlockValidationError(
                {"text": ValidationError(_("Say in words where the link goes."))}
            )
        return value

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("A link to a page of the portal or to another site.")
        template = "cms/blocks/link.html"
        value_class = LinkValue
        preview_template = "cms/block_preview.html"
        preview_value = {
            "page": None,
            "url": "https://www.example.org/",
            "text": "Model end-user statement",
        }


class RelatedLinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), default=_("Related"), max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Related links")
        description = _("Where to read on.")
        template = "cms/blocks/related_links.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "Read on",
            "links": [LinkBlock._meta_class.preview_value],
        }
