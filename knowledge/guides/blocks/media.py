"""A figure with its source, and a file with its language."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.guides.blocks.text import INLINE
from portal.cms.blocks import DocumentBlock, FigureBlock
from portal.cms.blocks.look import LookBlock
from portal.taxonomy import languages


class GuideFigureBlock(FigureBlock):
    """An image with the words for it, and whose it is."""

    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300, default="")
    source = blocks.RichTextBlock(
        label=_("Source"),
        features=INLINE,
        required=False,
        help_text=_("Who made it, and on what it rests. You can cite a source."),
    )


class GuideDocumentBlock(DocumentBlock):
    """A file of the library that a reader takes along."""

    language = LookBlock(
        label=_("Language"),
        choices=languages.choices,
        required=False,
        help_text=_("Of the file, where it is not that of the guide."),
    )

    def get_preview_value(self) -> Any:
        """Return the newest document of the library, in English."""
        return self.normalize({**super().get_preview_value(), "language": "en"})

    class Meta:
        icon = "download"
        label = _("File to download")
        description = _("A file of the library, with its type, size and language.")
        template = "knowledge/guides/blocks/document.html"
