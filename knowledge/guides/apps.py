from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "knowledge.guides"
    label = "guides"
    verbose_name = _("Guides")

    def ready(self) -> None:
        from knowledge.guides.cards import card_of, marks_of
        from knowledge.guides.citing import GUIDES
        from knowledge.guides.departures import register_leaving
        from knowledge.guides.models import GuidePage
        from knowledge.guides.notifications import register_kinds
        from knowledge.guides.shelves import GOOD_PRACTICE, STATE_PRACTICE
        from knowledge.sources import registry as sources
        from knowledge.states import registry
        from portal.cms import shelves
        from portal.search.pages import register_page_kind

        register_page_kind(
            GuidePage, "guide", label=_("Guide"), plural=_("Guides"), card=card_of, marks=marks_of
        )
        shelves.register(GOOD_PRACTICE)
        registry.register(STATE_PRACTICE)
        sources.register(GUIDES)
        register_kinds()
        register_leaving()
