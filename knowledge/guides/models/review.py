"""What keeps a guide true: which reminders went out, and who found that it still holds."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.guides.models.guide import GuidePage

LONGEST_NOTE = 500


class ReviewReminder(models.Model):
    """
    The latest reminder that went out of one guide's review, so that each goes once.

    `due` is the day that it was about, `step` how late it was: see `schedule.py`.
    """

    guide = models.OneToOneField(GuidePage, models.CASCADE, related_name="+", primary_key=True)
    due = models.DateField()
    step = models.SmallIntegerField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.guide_id} · {self.due:%Y-%m-%d} · {self.step}"

    def covers(self, due: date, step: int) -> bool:
        """Say whether this step, or a later one, was told of for this day."""
        return self.due == due and self.step >= step


class StillTrueQuerySet(models.QuerySet["StillTrue"]):
    def waiting(self) -> "StillTrueQuerySet":
        """Return those that nobody has decided, of guides still published; the oldest first."""
        found = self.filter(decided_at__isnull=True, guide__live=True)
        return found.select_related("guide", "asked_by").order_by("asked_at", "pk")


class StillTrue(models.Model):
    """Somebody's word that a guide still holds, and what a second person said to it."""

    class Decision(models.TextChoices):
        # Translators: what was decided on a review of a guide.
        CONFIRMED = "confirmed", pgettext_lazy("a review", "Confirmed")
        REFUSED = "refused", pgettext_lazy("a review", "Refused")

    guide = models.ForeignKey(GuidePage, models.CASCADE, related_name="+")
    note = models.TextField(_("note"), max_length=LONGEST_NOTE)
    review_due = models.DateField(_("next review"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=12, choices=Decision, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_NOTE, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = StillTrueQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review of a guide")
        verbose_name_plural = _("reviews of guides")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["guide"],
                condition=Q(decided_at__isnull=True),
                name="one_waiting_review_of_a_guide",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} · {self.guide_id}"
