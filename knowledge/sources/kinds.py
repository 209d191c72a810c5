"""The kinds of source: what a reader may expect of one."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    # Translators: kinds of source, from here on.
    LAW = "law", _("Binding law")
    SOFT_LAW = "soft-law", _("Soft law")
    GUIDANCE = "guidance", _("Official guidance")
    DECISION = "decision", _("Court decision")
    REPORT = "report", pgettext_lazy("a kind of source", "Report")
    SCHOLARSHIP = "scholarship", _("Scholarship")
    CIVIL_SOCIETY = "civil-society", pgettext_lazy("a kind of source", "Civil society")
    TOOL = "tool", pgettext_lazy("a kind of source", "Tool")
