"""Who may read what is for officials only."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def in_force(self) -> "ClearanceQuerySet":
        """Return those that a second person gave, and nobody has ended."""
        return self.filter(given_on__isnull=False, ended_on__isnull=True)

    def proposed(self) -> "ClearanceQuerySet":
        """Return those that wait for a second person, with the people, the oldest first."""
        found = self.filter(given_on__isnull=True, ended_on__isnull=True)
        return found.select_related("person", "proposed_by").order_by("proposed_on", "pk")


class Clearance(models.Model):
    """
    A permission to open what is for officials only: proposed by one, given by another.

    The leaves are of the record's entries about its beginning and its end. `proposed_by` is empty
    where it stems from before a second person was asked for.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="clearances",
        verbose_name=_("who"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    proposed_on = models.DateField(_("proposed"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    given_on = models.DateField(_("given"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    ended_on = models.DateField(_("ended"), null=True)
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)
    end_leaf = models.CharField(max_length=64, blank=True, editable=False)

    objects = ClearanceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="one_clearance_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.proposed_on}"

    @property
    def is_proposal(self) -> bool:
        """Say whether it waits for a second person."""
        return self.given_on is None and self.ended_on is None
