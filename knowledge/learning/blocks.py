"""The steps of the learning page, and the modules of paths with their quizzes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from knowledge.guides.facets import index_href, teaching_href
from portal.taxonomy.vocabularies import LEVEL, STAGE
from portal.web.addresses import href


def stage_choices() -> list[tuple[str, str | Promise]]:
    """Return the stages as choices; a callable, so that a new term asks for no migration."""
    return STAGE.choices


def level_choices() -> list[tuple[str, str | Promise]]:
    """Return the levels as choices; a callable, so that a new term asks for no migration."""
    return LEVEL.choices


class LearningStepValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """Return the address of this step's material."""
        return teaching_href(self._terms)

    @property
    def guides_href(self) -> str:
        """Return the address of everything for this step, guides to public documents too."""
        return href(self._terms, index_href())

    @property
    def _terms(self) -> list[tuple[str, str]]:
        pairs = [("stage", stage) for stage in self["stages"]]
        return pairs + [("level", level) for level in self["levels"]]


class LearningStepBlock(blocks.StructBlock):
    """A step: what to do next, and by which stages and levels its material is found."""

    title = blocks.CharBlock(label=_("Step"), max_length=120)
    summary = blocks.TextBlock(
        label=_("Summary"),
        max_length=400,
        help_text=_("What an official can do once this step is taken."),
    )
    stages = blocks.MultipleChoiceBlock(
        label=_("Stages"), choices=stage_choices, required=False, widget=CheckboxSelectMultiple
    )
    levels = blocks.MultipleChoiceBlock(
        label=_("Levels"), choices=level_choices, required=False, widget=CheckboxSelectMultiple
    )

    class Meta:
        icon = "order"
        label = _("Step")
        description = _("One step of the way, with a link to the material for it.")
        value_class = LearningStepValue
        template = "knowledge/learning/step.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "Write the law",
            "summary": "Decide who may licence what, and on which grounds a licence is refused.",
            "stages": ["legislation"],
            "levels": ["0", "1"],
        }


class OptionBlock(blocks.StructBlock):
    """An answer to choose, and why it is right or not."""

    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    is_right = blocks.BooleanBlock(label=_("This is the right answer"), required=False)
    reason = blocks.TextBlock(
        label=_("Why it is right or not"),
        max_length=500,
        help_text=_("Shown once this answer was chosen."),
    )

    class Meta:
        icon = "check"
        label = _("Answer")


class OptionsBlock(blocks.ListBlock):
    """Answers of which exactly one is right."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OptionBlock(), min_num=2, max_num=6, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the answers. Raises ListBlockValidationError unless exactly one is right."""
        cleaned = super().clean(value)
        if sum(bool(each["is_right"]) for each in cleaned) != 1:
            error = ValidationError(_("Mark exactly one answer as the right one."))
            raise ListBlockValidationError(non_block_errors=[error])
        return cleaned


class QuestionBlock(blocks.StructBlock):
    """A question of a quiz, with its answers."""

    text = blocks.CharBlock(label=pgettext_lazy("of a quiz", "Question"), max_length=300)
    options = OptionsBlock(label=_("Answers"))

    class Meta:
        icon = "help"
        label = pgettext_lazy("of a quiz", "Question")


class ModuleBlock(blocks.StructBlock):
    """A module of a path: a guide, why it is read here, its exercise and a quiz."""

    guide = blocks.PageChooserBlock(label=_("Guide"), page_type="guides.GuidePage")
    minutes = blocks.IntegerBlock(
        label=_("Minutes"),
        min_value=5,
        max_value=600,
        help_text=_("To read the guide, do the exercise and answer the quiz."),
    )
    why = blocks.TextBlock(label=_("Why it stands here"), max_length=400)
    exercise = blocks.TextBlock(
        label=_("Exercise"),
        max_length=400,
        required=False,
        help_text=_("Which exercise of the guide to do, and with what."),
    )
    questions = blocks.ListBlock(QuestionBlock(), label=_("Quiz"), max_num=5)

    class Meta:
        icon = "doc-full"
        label = _("Module")
        description = _("A guide to read, an exercise and a short quiz.")
        template = "knowledge/learning/module_preview.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "guide": None,
            "minutes": 60,
            "why": "Learn what a licence has to do with people.",
            "exercise": "Do the first exercise with an application of your own.",
            "questions": [
                {
                    "text": "Who decides whether a licence is given?",
                    "options": [
                        {"text": "The authority", "is_right": True, "reason": "The law says so."},
                        {"text": "The exporter", "is_right": False, "reason": "It applies."},
                    ],
                }
            ],
        }
