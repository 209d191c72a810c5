from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelfAssessmentConfig(AppConfig):
    name = "knowledge.self_assessment"
    label = "self_assessment"
    verbose_name = _("Self-assessment")

    def ready(self) -> None:
        from knowledge.self_assessment.consent import register_texts
        from knowledge.self_assessment.downloads import register_makers

        register_texts()
        register_makers()
