from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GlossaryConfig(AppConfig):
    name = "knowledge.glossary"
    label = "glossary"
    verbose_name = _("Glossary")

    def ready(self) -> None:
        from knowledge.glossary import checks  # noqa: F401 - registers itself
        from knowledge.glossary.cards import KIND
        from portal.search.registry import register_kind

        register_kind(KIND)
