"""Text in a shape: steps, tables, what may be folded away, what must not be missed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from portal.cms.blocks.look import LookBlock
from portal.cms.blocks.text import RICH_TEXT_FEATURES


class DetailsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What it is about"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "collapse-down"
        # Translators: a block that opens and closes.
        label = _("Details")
        description = _("Text that only some readers need, folded away under its title.")
        template = "cms/blocks/details.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "What counts as an end user?",
            "text": "<p>Whoever operates the system, whoever signed the contract.</p>",
        }


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, required=False)


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(label=_("Step")), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("What to do, in order, numbered.")
        template = "cms/blocks/steps.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "steps": [
                {"title": "Name the end user", "text": "<p>Ask for the contract.</p>"},
                {"title": "Check the law", "text": "<p>Under which power is it used?</p>"},
            ]
        }


class TableBlock(TypedTableBlock):
    # Translators: a column of a table.
    text = blocks.CharBlock(label=_("Words"), required=False)
    number = blocks.DecimalBlock(
        label=pgettext_lazy("a column of a table", "Number"), required=False
    )
    rich_text = blocks.RichTextBlock(
        label=_("Text with links"), features=["bold", "italic", "link"], required=False
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns with a caption; each column has a heading.")
        template = "cms/blocks/table.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "columns": [
                {"type": "text", "heading": "Sign"},
                {"type": "text", "heading": "What to ask"},
            ],
            "rows": [
                {"values": ["No named end user", "Who signs for delivery?"]},
                {"values": ["Bulk licence count", "How many people will be watched?"]},
            ],
            "caption": "Signs and questions",
        }


class NoticeBlock(blocks.StructBlock):
    tone = LookBlock(
        label=_("Kind"), choices=[("info", _("Note")), ("warning", _("Warning"))], default="info"
    )
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        description = _("One thing that a reader must not miss. Use it sparingly.")
        template = "cms/blocks/notice.html"
        preview_template = "cms/block_preview.html"
        preview_value = {"tone": "warning", "text": "This guidance does not replace the law."}
