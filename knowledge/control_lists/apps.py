from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ControlListsConfig(AppConfig):
    name = "knowledge.control_lists"
    label = "control_lists"
    verbose_name = _("Control lists")

    def ready(self) -> None:
        from knowledge.control_lists.citing import ENTRIES
        from knowledge.sources import registry

        registry.register(ENTRIES)
