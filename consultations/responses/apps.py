from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResponsesConfig(AppConfig):
    name = "consultations.responses"
    label = "responses"
    verbose_name = _("Responses")

    def ready(self) -> None:
        from consultations.responses import (
            closings,
            departures,
            notices,
            notifications,
            record_audit,
            tabs,
            verification,
        )
        from consultations.responses.access import consent
        from consultations.responses.actions import file_done
        from consultations.responses.files import usage
        from consultations.responses.signatories import listing
        from consultations.responses.signatories import notifications as of_signatories
        from portal.files.hooks import on_outcome
        from portal.record import closings as record_closings
        from portal.record import holders as record_holders

        consent.register_texts()
        tabs.register_sections()
        notices.register_notes()
        notifications.register_kinds()
        of_signatories.register()
        listing.register()
        record_audit.register()
        usage.register_usage()
        on_outcome(file_done)
        record_closings.register(closings.closed)
        record_holders.register(verification.Answers())
        departures.register_leaving()
