"""Interests that members of staff have declared in consultations."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.calls.models.consultation import ConsultationPage


class InterestQuerySet(models.QuerySet["Interest"]):
    def in_force(self) -> "InterestQuerySet":
        """Return those that were not taken back."""
        return self.filter(ended_on=None)

    def of(self, person: Any, consultation_id: int | None) -> "InterestQuerySet":
        """Return what somebody has declared in one consultation and not taken back."""
        return self.in_force().filter(person=person.pk, consultation_id=consultation_id)


class Interest(models.Model):
    """
    A statement by a member of staff that a consultation touches them; rows are only added.

    While it stands they do not screen, publish, moderate or decide there. `ended_on` is set when
    they take it back.
    """

    consultation = models.ForeignKey(ConsultationPage, models.CASCADE, related_name="interests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    reason = models.TextField(_("what the interest is"), max_length=500)
    declared_on = models.DateField(_("declared"))
    ended_on = models.DateField(_("taken back"), null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["declared_on", "pk"]
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "person"],
                condition=Q(ended_on=None),
                name="one_interest_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.consultation}"
