"""Capacity building: where somebody begins: what fits them, a path, and material to choose."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from knowledge.learning.blocks import LearningStepBlock
from knowledge.learning.models.path import fitting_path, paths_shown
from knowledge.learning.queries import read_material
from portal.cms.blocks import BodyBlock
from portal.cms.library.panels import FilesPanel
from portal.cms.models import BasePage
from portal.cms.models.base import SEARCH_ENGINE_PANEL


class LearningPage(BasePage):
    """`/learning/`, one for each language: what fits the reader, a path, ordered steps, paths."""

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
    subpage_types: ClassVar = ["learning.PathPage"]
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
        """Return what fits the query string, the path that does, and the steps with counts."""
        context = super().get_context(request, *args, **kwargs)
        material = read_material(request)
        paths = list(paths_shown())
        path = fitting_path(paths, material.filters)
        context.update(
            material=material,
            path=path,
            other_paths=[each for each in paths if each != path],
            steps=[
                (step.value, *material.of_step(step.value["stages"], step.value["levels"]))
                for step in self.steps
            ],
        )
        return context
