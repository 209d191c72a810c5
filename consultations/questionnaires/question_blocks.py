"""What editors build a questionnaire from: a block for each kind of question."""

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import BlockComparison, diff_text

from consultations.questionnaires.types import TYPES, Question
from consultations.questionnaires.widgets import EarlierQuestionInput
from portal.languages.lists import in_words


class EarlierQuestionBlock(blocks.CharBlock):
    """Field for a question that comes before: an id, words or a number; a script offers a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = EarlierQuestionInput()

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class ConditionComparison(BlockComparison):
    """A condition beside what it was, as who approves reads it: in words, without the id."""

    def htmlvalue(self, val: Any) -> Any:
        return escape(_in_short(val))

    def htmldiff(self) -> Any:
        return diff_text(_in_short(self.val_a), _in_short(self.val_b)).to_html()


def _in_short(val: Any) -> str:
    if not val or not val["question"]:
        return gettext("Everybody is asked")
    answers = in_words(filter(None, (val["answers"] or "").splitlines()), "or")
    return f"{val['asked'] or val['question']} – {answers}"


class ConditionBlock(blocks.StructBlock):
    question = EarlierQuestionBlock(
        label=_("Earlier question"),
        help_text=_("A choice, or yes or no. Leave empty to ask everybody."),
        required=False,
        max_length=500,
    )
    answers = blocks.TextBlock(
        label=_("Answered with"),
        help_text=_("One answer a line: its letter (a, b, c …) or its words; or yes, no, other."),
        required=False,
        rows=2,
        max_length=3000,
    )
    asked = blocks.CharBlock(
        label=_("Words of that question when this was saved last"),
        required=False,
        max_length=500,
        search_index=False,
    )

    class Meta:
        icon = "redirect"
        label = _("Ask only where")
        collapsed = True

    def get_comparison_class(self) -> type[BlockComparison]:
        return ConditionComparison


class QuestionBlock(blocks.StructBlock):
    """Base of every kind of question, with what the kind `asks` adds. Its place numbers it."""

    text = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    help = blocks.TextBlock(
        label=_("Help"),
        help_text=_("What the question means, and what a good answer has."),
        required=False,
        rows=2,
        max_length=1500,
    )
    required = blocks.BooleanBlock(
        label=_("Must be answered"), required=False, help_text=_("Use it sparingly.")
    )
    condition = ConditionBlock()

    def __init__(self, *, asks: type[Question], **kwargs: Any) -> None:
        super().__init__(asks.blocks(), **kwargs)
        self.asks = asks
        self.child_blocks.move_to_end("condition")
        # Not as arguments, which migrations keep.
        self.label = self.meta.label = asks.label
        self.meta.icon = asks.icon
        self.meta.description = asks.description
        blank = {"help": "", "required": False, "condition": {}}
        self.meta.preview_value = {**blank, **asks.sample}

    class Meta:
        template = "consultations/questionnaires/blocks/question.html"
        preview_template = "cms/block_preview.html"
        label_format = "{text}"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the question to the editor's preview as it would stand first in its form."""
        context = super().get_context(value, parent_context)
        return {**context, "question": self.asks.from_block("preview", "1", value)}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:  # of a draft: it may be half written
            self.asks.check_block(value)
        return value


# Block names have an underscore where kinds have a hyphen, which Wagtail does not take.
KIND_BLOCKS: list[tuple[str, blocks.Block]] = [
    (each.kind.replace("-", "_"), QuestionBlock(asks=each, group=each.group))
    for each in TYPES.values()
]
