from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "knowledge.learning"
    label = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from knowledge.learning.departures import register_leaving
        from knowledge.learning.models import LearningPage, PathPage
        from knowledge.learning.rendering import register_maker
        from portal.cms.cards import register_page

        register_page(LearningPage, "introduction", "steps")
        register_page(PathPage, "modules")
        register_leaving()
        register_maker()
