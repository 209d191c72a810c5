from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from portal.front.tables import watch


class FrontConfig(AppConfig):
    name = "portal.front"
    label = "front"

    def ready(self) -> None:
        """Watch what each connection reads and writes, unless no page is kept."""
        if settings.FRONT_MEGABYTES:
            connection_created.connect(watch)
