from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedSearchesConfig(AppConfig):
    name = "portal.saved_searches"
    label = "saved_searches"
    verbose_name = _("Saved searches")

    def ready(self) -> None:
        from portal.saved_searches.departures import register_leaving
        from portal.saved_searches.notifications import register_kinds

        register_kinds()
        register_leaving()
