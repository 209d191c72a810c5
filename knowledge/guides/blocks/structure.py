"""Text to work with: what to tick, what to decide, in which order, and where it ends."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlockValidationError

from knowledge.guides.blocks.text import INLINE, inline
from knowledge.sources.blocks import CitingStepsBlock, CitingTableBlock


class TickValue(blocks.StructValue):
    @property
    def words(self) -> Markup:
        return inline(self["text"])


class TickBlock(blocks.StructBlock):
    """A line to tick."""

    text = blocks.RichTextBlock(label=_("What to tick"), features=INLINE)
    hint = blocks.RichTextBlock(
        label=_("Hint"),
        features=INLINE,
        required=False,
        help_text=_("How to find out, or what counts. Leave it empty if the line is clear."),
    )

    class Meta:
        icon = "check"
        label = _("Line")
        value_class = TickValue


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    entries = blocks.ListBlock(TickBlock(), label=_("Lines"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        description = _("Lines to tick, on paper or on the screen. Nothing is kept or sent.")
        template = "knowledge/guides/blocks/checklist.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "Before you sign",
            "entries": [
                {"text": "<p>The end user is named down to the unit</p>", "hint": ""},
                {
                    "text": "<p>The law for the use is cited</p>",
                    "hint": "<p>You have read it.</p>",
                },
            ],
        }


class DecisionBlock(blocks.StructBlock):
    """A question, and what follows from yes and from no."""

    question = blocks.RichTextBlock(
        label=_("Question"), features=INLINE, help_text=_("It is answered by yes or no.")
    )
    yes = blocks.RichTextBlock(label=_("If yes"), features=INLINE)
    no = blocks.RichTextBlock(label=_("If no"), features=INLINE)

    class Meta:
        icon = "help"
        label = _("Question")


class DecisionListBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    entries = blocks.ListBlock(DecisionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "order-down"
        label = _("Decision list")
        description = _("Questions from top to bottom, and what to do at yes and at no.")
        template = "knowledge/guides/blocks/decision.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "Is a licence needed?",
            "entries": [
                {
                    "question": "<p>Is the item on the list?</p>",
                    "yes": "<p>A licence is needed.</p>",
                    "no": "<p>Go on.</p>",
                }
            ],
        }


class GuideStepsBlock(CitingStepsBlock):
    """Steps that may have a title of their own."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False, default="")

    class Meta:
        form_layout = ["title", "steps"]
        template = "knowledge/guides/blocks/steps.html"


class GuideTableBlock(CitingTableBlock):
    """A table that names itself and each of its columns; its rows may have headings too."""

    row_heading = blocks.RichTextBlock(label=_("Headings of rows"), features=INLINE, required=False)

    def clean(self, table: Any) -> Any:
        """Refuse a table without caption, rows or a heading of each column; a draft may lack it."""
        table = super().clean(table)
        if not self.is_deferred_validation and (told := list(_lacking(table))):
            raise TypedTableBlockValidationError(non_block_errors=told)
        return table

    class Meta:
        template = "knowledge/guides/blocks/table.html"


def _lacking(table: Any) -> Iterator[str]:
    if not (table.caption or "").strip():
        yield __("Give the table a caption that says what it shows.")
    if not table.columns or not all(map(_is_headed, table.columns)):
        yield __("Give each column a heading.")
    if not table.row_data:
        yield __("Add a row, or take the table out.")


def _is_headed(column: Any) -> bool:
    """Say whether a column has a heading, or needs none: above headings of rows is a corner."""
    return bool((column["heading"] or "").strip()) or column["block"].name == "row_heading"


class PointsBlock(blocks.StructBlock):
    """A box of points, whose heading is the portal's."""

    entries = blocks.ListBlock(
        blocks.RichTextBlock(label=_("Point"), features=INLINE), label=_("Points"), min_num=1
    )


class NotSettledBlock(PointsBlock):
    class Meta:
        icon = "crosshairs"
        label = _("What this does not settle")
        description = _("Where the guide ends: what its reader has to find out elsewhere.")
        template = "knowledge/guides/blocks/not_settled.html"
        preview_template = "cms/block_preview.html"
        preview_value = {"entries": ["<p>Whether your law asks for reasons.</p>"]}


class OutcomesBlock(PointsBlock):
    class Meta:
        icon = "tick-inverse"
        label = _("What you can do afterwards")
        description = _("What somebody can do who has worked through it.")
        template = "knowledge/guides/blocks/outcomes.html"
        preview_template = "cms/block_preview.html"
        preview_value = {"entries": ["<p>Ask four questions of any application.</p>"]}
