"""What a consultation's page is built from, beside the common text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.cms.blocks.text import RICH_TEXT_FEATURES


class DispositionBlock(blocks.StructBlock):
    theme = blocks.CharBlock(label=_("Theme"), max_length=200)
    said = blocks.RichTextBlock(
        label=_("You said"), features=RICH_TEXT_FEATURES, help_text=_("What contributions said.")
    )
    did = blocks.RichTextBlock(
        label=_("We did"),
        features=RICH_TEXT_FEATURES,
        help_text=_("What changed because of it, or why nothing changed."),
    )

    class Meta:
        icon = "check"
        label = _("You said, we did")
        description = _("A theme of the contributions and what became of it.")
        template = "consultations/calls/blocks/disposition.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "theme": "Plain-language guidance",
            "said": "<p>Small exporters asked for guidance without legal terms.</p>",
            "did": "<p>We rewrote the checklist and tested it with six firms.</p>",
        }
