from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from portal.cms import checks  # noqa: F401
        from portal.cms.cards import register_pages
        from portal.cms.departures import register_leaving
        from portal.cms.models.consent import register_texts

        register_pages()
        register_leaving()
        register_texts()
