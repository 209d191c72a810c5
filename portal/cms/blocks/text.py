"""Running text: headings, paragraphs, quotations."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from portal.cms.blocks.look import LookBlock

# What a paragraph may hold. Headings are blocks of their own, so that a page can list them.
RICH_TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "document-link"]


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        """Return the fragment that addresses this heading; readable in every script."""
        return slugify(self["text"], allow_unicode=True) or "section"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=120)
    level = LookBlock(
        label=pgettext_lazy("of a heading", "Level"),
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))],
        default="h2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Begins a section. Sections are listed at the top of a long page.")
        template = "cms/blocks/heading.html"
        value_class = HeadingValue
        preview_template = "cms/block_preview.html"
        preview_value = {"text": "What a licensing officer should ask", "level": "h2"}


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists, with links to pages and documents.")
        template = "cms/blocks/paragraph.html"
        preview_template = "cms/block_preview.html"
        preview_value = (
            "<p>A risk indicator is a <b>reason to ask</b>, not a reason to refuse.</p>"
            "<ul><li>Who will use the system?</li><li>Under which law?</li></ul>"
        )


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(
        label=_("Whose words"), help_text=_("A person, a body or a document."), max_length=200
    )
    source = blocks.URLBlock(label=_("Where it can be read"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's own words, with whose they are.")
        template = "cms/blocks/quote.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "text": "Ask early, and write down the answer.",
            "attribution": "A licensing officer",
            "source": "",
        }
