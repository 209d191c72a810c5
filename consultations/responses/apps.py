from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResponsesConfig(AppConfig):
    name = "consultations.responses"
    label = "responses"
    verbose_name = _("Responses")

    def ready(self) -> None:
        from consultations.responses import (
            announcements,
            asking,
            closing,
            departures,
            events,
            files_used,
            record_audit,
            tabs,
            verification,
        )
        from consultations.responses.actions import file_done
        from portal.files.hooks import on_outcome
        from portal.record import closings as record_closings
        from portal.record import holders as record_holders

        tabs.register_sections()
        announcements.register_notes()
        events.register_kinds()
        asking.register()
        record_audit.register()
        files_used.register_usage()
        on_outcome(file_done)
        record_closings.register(closing.closed)
        record_holders.register(verification.Answers())
        departures.register_leaving()
