from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "portal.sessions"
    label = "portal_sessions"  # "sessions" was Django's
    verbose_name = _("Sessions")
