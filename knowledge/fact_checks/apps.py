from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactChecksConfig(AppConfig):
    name = "knowledge.fact_checks"
    label = "fact_checks"
    verbose_name = _("Fact checks")

    def ready(self) -> None:
        from knowledge.fact_checks.departures import register_leaving
        from knowledge.fact_checks.notifications import register_kinds
        from knowledge.fact_checks.presenters import CHECKED_BY
        from knowledge.guides import parts

        parts.register(CHECKED_BY)
        register_kinds()
        register_leaving()
