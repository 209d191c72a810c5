"""The steps of the learning page."""

from django.forms import CheckboxSelectMultiple
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

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
