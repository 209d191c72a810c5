from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProofreadingConfig(AppConfig):
    name = "portal.proofreading"
    label = "proofreading"
    verbose_name = _("Translations")

    def ready(self) -> None:
        from portal.proofreading.departures import register_leaving

        register_leaving()
