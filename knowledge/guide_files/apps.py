from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuideFilesConfig(AppConfig):
    name = "knowledge.guide_files"
    label = "guide_files"
    verbose_name = _("Guides to take along")

    def ready(self) -> None:
        from knowledge.guide_files.page_context import to_take_along
        from knowledge.guides.parts import GuidePart, register

        template = "knowledge/guide_files/to_take_along.html"
        register(GuidePart("files", "about", template, to_take_along))
