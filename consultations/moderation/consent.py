"""The texts about consent and risk that this room shows, for native readers to check."""

from django.utils.translation import gettext_lazy as _

from portal.cms.navigation import MODERATION_RULES
from portal.proofreading.registry import Text, register

# The rules are a standing text of the CMS, with the reasons that this room adds to it.
RULES = (
    "consultations/discussion/policy.py",
    "templates/cms/standing/moderation.html",
    "templates/consultations/moderation/comment_rules.html",
)
SCREENING = (
    "consultations/moderation/policy.py",
    "consultations/moderation/views/policy.py",
    "templates/consultations/moderation/policy.html",
)


def register_texts() -> None:
    """Register them."""
    title = _("How responses are screened")
    register(Text("screening", title, SCREENING, "screening-policy/"))
    register(Text("moderation", _("Moderation rules"), RULES, MODERATION_RULES))
