from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "knowledge.guides"
    label = "guides"
    verbose_name = _("Guides")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from knowledge.control_lists import registry as control_lists
        from knowledge.guides import parts
        from knowledge.guides.cards import card_of, marks_of, notes_of
        from knowledge.guides.citing import GUIDES
        from knowledge.guides.departures import register_leaving
        from knowledge.guides.list_watch import ABOUT_ENTRIES
        from knowledge.guides.models import GuidePage
        from knowledge.guides.notifications import register_kinds
        from knowledge.guides.presenters import (
            AT_HEADINGS,
            IN_LAW,
            INFLUENCES,
            REVIEWED_BY,
            USED_BY,
            changes_from,
        )
        from knowledge.guides.shelves import GOOD_PRACTICE, STATE_PRACTICE, STATE_USE, published
        from knowledge.guides.statistics import gaps
        from knowledge.guides.versions import actions as versions
        from knowledge.guides.versions.ends import ENDS
        from knowledge.guides.versions.record_audit import check_versions
        from knowledge.guides.versions.shelves import CURRENT
        from knowledge.sources import registry as sources
        from knowledge.states import registry
        from portal.cms import shelves
        from portal.cms.unpublishing import registry as unpublishing
        from portal.cms.wings.influences import register_changes
        from portal.cms.wings.matrix import GAPS, WORK
        from portal.record.audit_sources import register_source
        from portal.search.pages import register_page_kind

        register_page_kind(
            GuidePage,
            "guide",
            label=_("Guide"),
            plural=_("Guides"),
            card=card_of,
            marks=marks_of,
            notes=notes_of,
        )
        shelves.register(GOOD_PRACTICE)
        registry.register(STATE_PRACTICE)
        registry.register(STATE_USE)
        sources.register(GUIDES)
        control_lists.register(ABOUT_ENTRIES)
        WORK.register("guides", published)
        GAPS.register("guides", gaps)
        for part in (IN_LAW, REVIEWED_BY, USED_BY):
            parts.register(part)
        parts.register(INFLUENCES)
        parts.register(AT_HEADINGS)
        register_changes("guides", changes_from)
        register_kinds()
        register_leaving()
        parts.register(CURRENT)
        unpublishing.register(GuidePage, ENDS)
        register_source(versions.KIND, check_versions)
        page_published.connect(
            versions.keep_published, sender=GuidePage, dispatch_uid="guides_keep_version"
        )
