"""Images and files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from portal.cms.blocks.look import LookBlock


class FigureBlock(blocks.StructBlock):
    """
    An image that either says in words what it shows or is marked as decoration.

    Drawings are shown whole; photographs may be cut to a wide strip around their focal point.
    """

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    crop = LookBlock(
        label=_("Shape"),
        # Translators: a picture that is not cut.
        choices=[("whole", _("Whole")), ("wide", _("Wide, cut around the focal point"))],
        default="whole",
    )

    def get_preview_value(self) -> Any:
        """Return the newest image of the library, so that editors see one of their own."""
        image = get_image_model().objects.order_by("-created_at").first()
        if image:
            image.contextual_alt_text, image.decorative = image.default_alt_text, False
        return self.normalize(
            {"image": image, "caption": "An image, with what it shows", "crop": "whole"}
        )

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("An image with a caption, and a text for those who cannot see it.")
        template = "cms/blocks/figure.html"
        preview_template = "cms/block_preview.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Link text"),
        required=False,
        help_text=_("The document's own title is used where this is empty."),
    )

    def get_preview_value(self) -> Any:
        """Return the newest document of the library, or a link without one."""
        document = get_document_model().objects.order_by("-created_at").first()
        return self.normalize({"document": document, "title": "Model checklist"})

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A file to download, with its type and size.")
        template = "cms/blocks/document.html"
        preview_template = "cms/block_preview.html"
