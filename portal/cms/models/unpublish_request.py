"""An editor who may not take a page down asks somebody who may."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class UnpublishRequestQuerySet(models.QuerySet["UnpublishRequest"]):
    def waiting(self) -> "UnpublishRequestQuerySet":
        """Return those that nobody has decided, of pages still published; the oldest first."""
        found = self.filter(decided_at__isnull=True, page__live=True)
        return found.select_related("page", "asked_by", "successor").order_by("asked_at", "pk")


class UnpublishRequest(models.Model):
    """A page that should be taken down, why, and what was decided."""

    class Decision(models.TextChoices):
        UNPUBLISHED = "unpublished", _("Unpublished")
        # Translators: what was decided on a page.
        KEPT = "kept", _("Kept published")

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"), max_length=500)
    # How it should end (`portal.cms.unpublishing.registry`); "" to unpublish it without more.
    end = models.CharField(max_length=20, blank=True)
    successor = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=12, choices=Decision, blank=True)
    answer = models.TextField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = UnpublishRequestQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request to unpublish")
        verbose_name_plural = _("requests to unpublish")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(decided_at__isnull=True),
                name="one_waiting_request_to_unpublish",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} · {self.page_id}"
