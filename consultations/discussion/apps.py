from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionConfig(AppConfig):
    name = "consultations.discussion"
    label = "discussion"
    verbose_name = _("Discussion")

    def ready(self) -> None:
        from consultations.calls.cards import follow_consultations
        from consultations.discussion.cards import refresh_cards_of, register_comments
        from consultations.discussion.departures import register_leaving
        from consultations.discussion.notifications import register_kinds
        from consultations.discussion.record_audit import register_discussion
        from consultations.discussion.tabs import register_section

        register_comments()
        register_kinds()
        follow_consultations(refresh_cards_of, name="discussion_cards")
        register_section()
        register_discussion()
        register_leaving()
