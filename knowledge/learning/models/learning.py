"""Capacity building: where an official begins, and the material gathered for every stage."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from knowledge.learning.blocks import LearningStepBlock
from knowledge.learning.queries import read_material
from portal.cms.blocks import BodyBlock
from portal.cms.library.panels import FilesPanel
from portal.cms.models import BasePage
from portal.cms.models.base import SEARCH_ENGINE_PANEL
from portal.taxonomy.vocabularies import LEVEL


class LearningPage(BasePage):
    """`/learning/`, one for each language: an introduction, ordered steps, gathered material."""

    fixed_slug: ClassVar[str | None] = "learning"

    introduction = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)
    steps = StreamField(
        [("step", LearningStepBlock())],
        verbose_name=_("steps"),
        blank=True,
        help_text=_("In the order in which an official who begins takes them."),
    )

    is_assembled: ClassVar[bool] = True
    template = "knowledge/learning/learning.html"
    page_description = _("Where an official begins: steps, and the material of each stage.")
    max_count_per_parent = 1
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("steps"),
        FilesPanel(),
    ]
    promote_panels: ClassVar = [SEARCH_ENGINE_PANEL]

    class Meta:
        verbose_name = _("learning page")
        verbose_name_plural = _("learning pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the steps with how much there is for each, and what fits the query string."""
        context = super().get_context(request, *args, **kwargs)
        material = read_material(request)
        context.update(
            material=material,
            steps=[
                (step.value, *material.of_step(step.value["stages"], step.value["levels"]))
                for step in self.steps
            ],
            levels=[(level.key, level.label) for level in LEVEL],
        )
        return context
