from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CataloguesConfig(AppConfig):
    name = "portal.catalogues"
    label = "catalogues"
    verbose_name = _("Catalogues")

    def ready(self) -> None:
        """Register what Django checks at every start."""
        from portal.catalogues import checks  # noqa: F401 - registers itself
