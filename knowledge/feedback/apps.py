from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "knowledge.feedback"
    label = "feedback"
    verbose_name = _("What readers say of guides")

    def ready(self) -> None:
        from knowledge.feedback.page_context import USEFUL
        from knowledge.guides import parts

        parts.register(USEFUL)
