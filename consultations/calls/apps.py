from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "consultations.calls"
    label = "calls"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        from consultations.calls.cards import register_consultations
        from consultations.calls.references import CONSULTATIONS
        from consultations.calls.shelves import register_shelves
        from portal.cms.wings.influences import register_consultations as name_consultations

        register_consultations()
        register_shelves()
        name_consultations(CONSULTATIONS)
