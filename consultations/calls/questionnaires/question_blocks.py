"""What editors build a questionnaire from: a block for each kind of question."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from consultations.calls.questionnaires.parsing import question_of
from consultations.calls.questionnaires.printable import sheet_of
from consultations.calls.questionnaires.schema import Part, Questionnaire, Unit

SCALE_STEPS = 11  # 0 to 10: more steps than anybody can tell apart
MOST_FILES = 10
LONGEST_ANSWER = 50_000


class ConditionBlock(blocks.StructBlock):
    question = blocks.CharBlock(
        label=_("Number of an earlier question"),
        help_text=_("A choice, or yes or no. Leave empty to ask everybody."),
        required=False,
        max_length=30,
    )
    answers = blocks.TextBlock(
        label=_("Answered with"),
        help_text=_("One answer a line: its letter (a, b, c …) or its words; or yes, no, other."),
        required=False,
        rows=2,
        max_length=3000,
    )

    class Meta:
        icon = "redirect"
        label = _("Ask only where")
        collapsed = True


class QuestionBlock(blocks.StructBlock):
    """A question of any kind. Its number comes from its place."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks.move_to_end("condition")

    class Meta:
        template = "consultations/calls/blocks/question.html"
        preview_template = "cms/block_preview.html"
        label_format = "{text}"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Show the question in the editor's preview as it would stand first in its form."""
        context = super().get_context(value, parent_context)
        question = question_of(self.name, "preview", "1", value)
        part = Part("preview", 1, "", questions=(question,))
        context["sheet"] = sheet_of(Questionnaire((part,)))
        return context


def _sample(text: str, **values: Any) -> dict[str, Any]:
    return {"text": text, "help": "", "required": False, "condition": {}, **values}


class TextQuestionBlock(QuestionBlock):
    limit = blocks.IntegerBlock(
        label=_("Longest answer"), required=False, min_value=1, max_value=LONGEST_ANSWER
    )
    unit = blocks.ChoiceBlock(label=_("Counted in"), choices=Unit.choices, default=Unit.WORDS)


class ShortTextBlock(TextQuestionBlock):
    unit = blocks.ChoiceBlock(label=_("Counted in"), choices=Unit.choices, default=Unit.CHARACTERS)

    class Meta:
        icon = "minus"
        label = _("Short text")
        description = _("One line: a name, a title, a few words.")
        preview_value = _sample("Which provision does it concern?", limit=200, unit="characters")


class LongTextBlock(TextQuestionBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Long text")
        description = _("Paragraphs in people's own words, with a limit if you set one.")
        preview_value = _sample("Which indicators should weigh most?", limit=500, unit="words")


def _labels(one: Any, **kwargs: Any) -> blocks.ListBlock:
    """
    Return a list of words to choose from.

    Wagtail gives each entry an id that survives relabelling and reordering: the option's key.
    """
    return blocks.ListBlock(blocks.CharBlock(label=one, max_length=300), **kwargs)


class OptionsQuestionBlock(QuestionBlock):
    options = _labels(_("Option"), label=_("Options"), min_num=2, max_num=50)

    def clean(self, value: Any) -> Any:
        """Refuse two options with the same words: an answer could not be told from the other."""
        value = super().clean(value)
        for name in ("options", "rows"):
            if name in value:
                _refuse_twins(name, value[name])
        return value


def _refuse_twins(name: str, labels: Any) -> None:
    seen: set[str] = set()
    for place, label in enumerate(labels):
        folded = " ".join((label or "").casefold().split())
        if folded and folded in seen:
            error = ValidationError(_("This is in the list already."))
            raise blocks.StructBlockValidationError(
                {name: blocks.list_block.ListBlockValidationError({place: error})}
            )
        seen.add(folded)


_OPTIONS = ["Every month", "Every year", "When something happens"]


class OneChoiceBlock(OptionsQuestionBlock):
    allow_other = blocks.BooleanBlock(label=_("Also offer “other”, with a text"), required=False)

    class Meta:
        icon = "radio-full"
        label = _("One choice")
        description = _("One of several options.")
        preview_value = _sample(
            "How often should a licence be reviewed?", options=_OPTIONS, allow_other=True
        )


class ManyChoicesBlock(OptionsQuestionBlock):
    allow_other = blocks.BooleanBlock(label=_("Also offer “other”, with a text"), required=False)

    class Meta:
        icon = "tick"
        label = _("Many choices")
        description = _("Any number of several options.")
        preview_value = _sample(
            "Which sources do you use?",
            options=["Court rulings", "Reports of the press", "Own enquiries"],
            allow_other=True,
        )


class RankingBlock(OptionsQuestionBlock):
    class Meta:
        icon = "order"
        label = _("Ranking")
        description = _("Options to put in order. People may leave some unranked.")
        preview_value = _sample(
            "What should come first?", options=["Training", "Model laws", "Shared lists"]
        )


class MatrixBlock(OptionsQuestionBlock):
    rows = _labels(_("Row"), label=_("Rows"), min_num=1, max_num=20)
    options = _labels(
        _("Column"),
        label=_("Columns"),
        min_num=2,
        max_num=10,
        help_text=_("One of them is chosen in each row."),
    )

    class Meta:
        icon = "table"
        label = _("Matrix")
        description = _("The same choice asked of several things.")
        preview_value = _sample(
            "How useful are these to you?",
            rows=["Checklists", "Case studies"],
            options=["Useful", "Somewhat useful", "Not useful"],
        )


class RangeQuestionBlock(QuestionBlock):
    """Has a `minimum` and a `maximum`, either of which may be empty while a draft is saved."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        low, high = value["minimum"], value["maximum"]
        if low is not None and high is not None and low >= high:
            raise blocks.StructBlockValidationError(
                {"maximum": ValidationError(_("The highest must be above the lowest."))}
            )
        return value


class ScaleBlock(RangeQuestionBlock):
    minimum = blocks.IntegerBlock(label=_("Lowest"), default=1, min_value=-10, max_value=10)
    maximum = blocks.IntegerBlock(label=_("Highest"), default=5, min_value=-10, max_value=10)
    minimum_label = blocks.CharBlock(
        label=_("What the lowest means"), required=False, max_length=100
    )
    maximum_label = blocks.CharBlock(
        label=_("What the highest means"), required=False, max_length=100
    )

    class Meta:
        icon = "bars"
        label = _("Scale")
        description = _("Whole numbers, with a word at each end.")
        preview_value = _sample(
            "How clear is the draft?",
            minimum=1,
            maximum=5,
            minimum_label="Not clear",
            maximum_label="Very clear",
        )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        low, high = value["minimum"], value["maximum"]
        if low is not None and high is not None and high - low >= SCALE_STEPS:
            raise blocks.StructBlockValidationError(
                {"maximum": ValidationError(_("A scale has at most eleven steps."))}
            )
        return value


class NumberBlock(RangeQuestionBlock):
    minimum = blocks.DecimalBlock(label=_("Lowest"), required=False)
    maximum = blocks.DecimalBlock(label=_("Highest"), required=False)

    class Meta:
        icon = "decimal"
        label = _("Number")
        description = _("A number, within limits if you set them. Say the unit in the question.")
        preview_value = _sample(
            "How many licences did you apply for last year?", minimum=Decimal(0), maximum=None
        )


class DateQuestionBlock(QuestionBlock):
    class Meta:
        icon = "date"
        label = _("Date")
        description = _("A day.")
        preview_value = _sample("From when should the rule apply?")


class YesNoBlock(QuestionBlock):
    class Meta:
        icon = "help"
        label = _("Yes or no")
        description = _("Yes or no; later questions may depend on it.")
        preview_value = _sample("Do you export items that are on a control list?")


class FileBlock(QuestionBlock):
    maximum = blocks.IntegerBlock(
        label=_("Most files"),
        default=3,
        min_value=1,
        max_value=MOST_FILES,
        validators=[MinValueValidator(1)],
    )

    class Meta:
        icon = "upload"
        label = _("Files")
        description = _("Documents or pictures that support the answers.")
        preview_value = _sample("Is there a document that we should read?", maximum=3)


# The names are those of `questionnaire.Kind` with an underscore: Wagtail takes no hyphen there.
KIND_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("long_text", LongTextBlock(group=_("In words"))),
    ("short_text", ShortTextBlock(group=_("In words"))),
    ("one_choice", OneChoiceBlock(group=_("By choosing"))),
    ("many_choices", ManyChoicesBlock(group=_("By choosing"))),
    ("yes_no", YesNoBlock(group=_("By choosing"))),
    ("scale", ScaleBlock(group=_("By choosing"))),
    ("ranking", RankingBlock(group=_("By choosing"))),
    ("matrix", MatrixBlock(group=_("By choosing"))),
    ("number", NumberBlock(group=_("Facts"))),
    ("date", DateQuestionBlock(group=_("Facts"))),
    ("file", FileBlock(group=_("Facts"))),
]
