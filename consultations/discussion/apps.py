from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionConfig(AppConfig):
    name = "consultations.discussion"
    label = "discussion"
    verbose_name = _("Discussion")

    def ready(self) -> None:
        from consultations.discussion.cards import follow_consultations, register_comments
        from consultations.discussion.recording import register_discussion
        from consultations.discussion.section import register_section

        register_comments()
        follow_consultations()
        register_section()
        register_discussion()
