from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatesConfig(AppConfig):
    name = "knowledge.states"
    label = "states"
    verbose_name = _("States")

    def ready(self) -> None:
        from knowledge.states.cards import KIND
        from portal.search.registry import register_kind

        register_kind(KIND)
