"""The texts about consent and risk that this room shows, for native readers to check."""

from django.utils.translation import gettext_lazy as _

from portal.proofreading.registry import Text, register

SCREENING = (
    "consultations/moderation/policy.py",
    "consultations/moderation/views/policy.py",
    "templates/consultations/moderation/policy.html",
)


def register_texts() -> None:
    """Register them."""
    title = _("How responses are screened")
    register(Text("screening", title, SCREENING, "screening-policy/"))
