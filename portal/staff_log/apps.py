from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffLogConfig(AppConfig):
    name = "portal.staff_log"
    label = "staff_log"
    verbose_name = _("Log of staff")
