"""The text about risk that this room shows before anybody answers, for native readers to check."""

from django.utils.translation import gettext_lazy as _

from portal.proofreading.registry import Text, register

FILES = (
    "templates/knowledge/self_assessment/promise.html",
    "templates/knowledge/self_assessment/start.html",
)


def register_texts() -> None:
    """Register it."""
    register(Text("self-assessment", _("Self-assessment"), FILES, "self-assessment/"))
