from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "consultations.moderation"
    label = "moderation"
    verbose_name = _("Screening")

    def ready(self) -> None:
        from consultations.moderation import consent
        from consultations.moderation.actions import erase_notes
        from consultations.moderation.departures import register_leaving
        from consultations.moderation.notifications import register_kinds
        from consultations.moderation.recording import (
            CLEARANCES,
            KINDS,
            check_acts,
            check_clearances,
        )
        from consultations.moderation.removals import why_removed
        from consultations.moderation.statistics import comment_rules
        from consultations.moderation.views.appeals import register_section
        from consultations.publication.hooks import on_removed_page
        from consultations.responses.hooks import on_withdrawal
        from portal.cms.additions import Addition, register_addition
        from portal.cms.navigation import MODERATION_RULES
        from portal.record.audit_sources import register_source

        register_addition(
            Addition(
                path=MODERATION_RULES,
                anchor="reasons",
                title=_("The reasons, and how often each was used"),
                template="consultations/moderation/comment_rules.html",
                context=comment_rules,
            )
        )
        consent.register_texts()
        on_withdrawal(erase_notes)
        on_removed_page(why_removed)
        register_section()
        register_kinds()
        register_leaving()
        register_source(KINDS, check_acts)
        register_source(CLEARANCES, check_clearances)
