from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "consultations.publication"
    label = "publication"
    verbose_name = _("Published responses")

    def ready(self) -> None:
        from consultations.calls.cards import follow_consultations
        from consultations.publication.actions import name_taken_back, withdrawn
        from consultations.publication.cards import refresh_cards_of, register_responses
        from consultations.publication.copies import files_changed
        from consultations.publication.events import register_events
        from consultations.publication.recording import PUBLISHED, UNPUBLISHED, check_published
        from consultations.publication.tabs import register_section
        from consultations.responses.files.hooks import on_change
        from consultations.responses.hooks import on_name_taken_back, on_withdrawal
        from portal.record.audit_sources import register_source

        on_withdrawal(withdrawn)
        on_name_taken_back(name_taken_back)
        on_change(files_changed)
        register_responses()
        register_section()
        register_events()
        follow_consultations(refresh_cards_of, name="publication_cards")
        register_source((PUBLISHED, UNPUBLISHED), check_published)
