"""What readers say of guides: whether each was useful, and what is missing."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.guides.models import GuidePage
from portal.curation.models import LONGEST_SEARCH
from portal.keys import RandomKeyField

LONGEST_TEXT = 1000


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def before(self, day: date) -> "FeedbackQuerySet":
        """Return what was said before a day."""
        return self.filter(day__lt=day)

    def with_text(self) -> "FeedbackQuerySet":
        """Return those that have a text, the newest day first."""
        found = self.exclude(text="").select_related("guide")
        return found.order_by("-day", "pk")


class Feedback(models.Model):
    """
    A reader's word on one guide.

    Nothing is kept of who it was, and of when only the day. `words` are what was searched for in
    the portal before the guide was opened, as `portal.curation.query_privacy` lets them be counted.
    """

    id = RandomKeyField()
    guide = models.ForeignKey(GuidePage, models.CASCADE, related_name="+", verbose_name=_("guide"))
    language = models.CharField(_("language of the page"), max_length=12)
    day = models.DateField(_("day"))
    was_useful = models.BooleanField(_("was useful"))
    text = models.TextField(_("what is missing"), max_length=LONGEST_TEXT, blank=True)
    words = models.CharField(_("searched for"), max_length=LONGEST_SEARCH, blank=True)

    objects = FeedbackQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-day", "pk"]
        verbose_name = _("what a reader said of a guide")
        verbose_name_plural = _("what readers said of guides")

    def __str__(self) -> str:
        return f"{self.guide_id} · {self.day}"
