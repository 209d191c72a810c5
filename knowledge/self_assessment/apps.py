from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelfAssessmentConfig(AppConfig):
    name = "knowledge.self_assessment"
    label = "self_assessment"
    verbose_name = _("Self-assessment")

    def ready(self) -> None:
        from knowledge.self_assessment.downloads import register_makers
        from knowledge.self_assessment.shelves import WHERE_YOU_STAND
        from portal.cms import shelves

        register_makers()
        shelves.register(WHERE_YOU_STAND)
