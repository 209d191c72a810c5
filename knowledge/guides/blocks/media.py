"""A figure with its source, a drawing of the library's, and a file with its language."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.guides.blocks import drawings
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


class DrawingBlock(blocks.StructBlock):
    """One of the library's drawings, in the language of the text that it stands in."""

    drawing = LookBlock(label=_("Drawing"), choices=drawings.choices)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = context.get("page")
        language = getattr(page, "written_in", "") or get_language() or ""
        context["drawing"] = drawings.drawing(value["drawing"], language)
        context["text_language"] = language
        return context

    def get_preview_value(self) -> Any:
        """Return the first drawing of the library."""
        return self.normalize({"drawing": next(iter(drawings.names()), "")})

    class Meta:
        icon = "image"
        label = _("Drawing")
        description = _("A drawing of the library, with its words in the language of the guide.")
        template = "knowledge/guides/blocks/drawing.html"
        preview_template = "cms/block_preview.html"


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
