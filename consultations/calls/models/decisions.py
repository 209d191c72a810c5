"""What was decided while a consultation ran, and is public: more time, other words."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.calls.models.consultation import ConsultationPage

SECOND = timedelta(seconds=1)


class Extension(models.Model):
    """A deadline made later, and why. Only added, by `actions.extend_consultation`."""

    consultation = models.ForeignKey(ConsultationPage, models.CASCADE, related_name="extensions")
    previous_closes_at = models.DateTimeField(_("previous deadline"))
    new_closes_at = models.DateTimeField(_("new deadline"))
    reason = models.TextField(_("reason"), max_length=500)
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        ordering: ClassVar = ["decided_at", "pk"]
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")

    @property
    def previous_deadline(self) -> datetime:
        """Return it as it was shown: the last second that was in time."""
        return self.previous_closes_at - SECOND

    @property
    def new_deadline(self) -> datetime:
        """Return it as it is shown: the last second that is in time."""
        return self.new_closes_at - SECOND

    def __str__(self) -> str:
        return f"{self.previous_closes_at:%Y-%m-%d %H:%M} → {self.new_closes_at:%Y-%m-%d %H:%M}"


class Corrigendum(models.Model):
    """
    Other words for a question or a section's introduction, after the consultation opened.

    `subject` is the id of the question, or of the section where `what` is its introduction.
    `language` is "" for the original, else that of the translation whose words changed. Only added,
    by `actions.issue_corrigendum` and `texts.actions.approve`.
    """

    class What(models.TextChoices):
        TEXT = "text", _("Question")
        HELP = "help", _("Help")
        INTRODUCTION = "introduction", _("Introduction")
        # Of translations alone: in the original none of these changes.
        TITLE = "title", _("Title of the section")
        OPTIONS = "options", _("Option")
        ROWS = "rows", _("Row")
        LOWEST = "minimum_label", _("What the lowest means")
        HIGHEST = "maximum_label", _("What the highest means")

    consultation = models.ForeignKey(ConsultationPage, models.CASCADE, related_name="corrigenda")
    subject = models.CharField(max_length=64)
    what = models.CharField(_("what"), max_length=15, choices=What)
    language = models.CharField(_("language"), max_length=12, blank=True)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    reason = models.TextField(_("reason"), max_length=500)
    at = models.DateTimeField(_("date"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name = _("corrigendum")
        verbose_name_plural = _("corrigenda")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} · {self.get_what_display()}"
