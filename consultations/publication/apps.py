from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "consultations.publication"
    label = "publication"
    verbose_name = _("Published responses")

    def ready(self) -> None:
        from consultations.publication.actions import withdrawn
        from consultations.publication.cards import follow_consultations, register_responses
        from consultations.publication.recording import PUBLISHED, UNPUBLISHED, check_published
        from consultations.publication.section import register_section
        from consultations.responses.withdrawals import on_withdrawal
        from portal.record.sources import register_source

        on_withdrawal(withdrawn)
        register_responses()
        register_section()
        follow_consultations()
        register_source((PUBLISHED, UNPUBLISHED), check_published)
