from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatesConfig(AppConfig):
    name = "knowledge.states"
    label = "states"
    verbose_name = _("States")

    def ready(self) -> None:
        from knowledge.states.cards import KIND
        from knowledge.states.shelves import subscribers
        from portal.cms.shelves import register_panorama
        from portal.search.registry import register_kind

        register_kind(KIND)
        register_panorama("subscribing-states", subscribers)
