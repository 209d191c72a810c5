from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PacksConfig(AppConfig):
    name = "knowledge.packs"
    label = "packs"
    verbose_name = _("Packs of guides")

    def ready(self) -> None:
        from knowledge.guides import parts
        from knowledge.packs.actions import KIND, MAKER, make
        from knowledge.packs.page_context import IN_A_PACK
        from knowledge.packs.record_audit import check_packs
        from portal.made.registry import register
        from portal.record.audit_sources import register_source

        register(MAKER, make)
        parts.register(IN_A_PACK)
        register_source(KIND, check_packs)
