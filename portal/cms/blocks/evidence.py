"""What a page rests on."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

_SAMPLE = {
    "title": "Guiding Principles on Government Use of Surveillance Technologies (2023)",
    "url": "https://www.example.org/principles.pdf",
    "accessed": date(2026, 3, 2),
}


class CitationBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"), help_text=_("As the document names itself, with its year.")
    )
    url = blocks.URLBlock(label=_("Address"))
    # Translators: before a date: the day on which somebody read it.
    accessed = blocks.DateBlock(label=_("Read on"), required=False)

    class Meta:
        icon = "link-external"
        label = _("Citation")
        description = _("A public document, where it is, and when it was last read there.")
        template = "cms/blocks/citation.html"
        preview_template = "cms/block_preview.html"
        preview_value = _SAMPLE


class CitationsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), default=_("Sources"), max_length=120)
    citations = blocks.ListBlock(CitationBlock(), label=_("Citations"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Citations")
        description = _("The numbered list of documents that the page rests on.")
        template = "cms/blocks/citations.html"
        preview_template = "cms/block_preview.html"
        preview_value = {"title": "Sources", "citations": [_SAMPLE]}
