from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    name = "consultations.following"
    label = "following"
    verbose_name = _("Following")

    def ready(self) -> None:
        from consultations.following.departures import register_leaving
        from consultations.following.notifications import register_kinds

        register_kinds()
        register_leaving()
