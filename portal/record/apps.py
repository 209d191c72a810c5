from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    name = "portal.record"
    label = "record"
    verbose_name = _("The record")

    def ready(self) -> None:
        from portal.record import audit

        audit.register_keys()
