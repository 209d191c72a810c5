"""Reports that a published response was sent in somebody else's name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.responses.models import Response
from portal.keys import RandomKeyField


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def waiting(self) -> QuerySet["Dispute"]:
        """Return those that nobody has decided yet, by day, the oldest first."""
        return self.filter(decided_on__isnull=True).order_by("opened_on", "pk")

    def unseen(self) -> QuerySet["Dispute"]:
        """Return those that no moderator has taken up: the public knows nothing of these."""
        return self.waiting().filter(taken_up_on__isnull=True)

    def taken_up(self) -> QuerySet["Dispute"]:
        """Return those of them that the public page tells of."""
        return self.waiting().filter(taken_up_on__isnull=False)


class Dispute(models.Model):
    """
    Somebody says that a published response was sent in their name falsely.

    Nothing public changes until a moderator takes it up (`taken_up_on`); then the response stays as
    it is, marked as disputed, until one decides. `sealed_contact` is a confirmed address, kept
    until then, so that whoever disputes can hear of it in `language`.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld: removed from publication")
        NOT_UPHELD = "not-upheld", _("Not upheld: stays published")

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="disputes")
    text = models.TextField(_("explanation"), max_length=3000)
    language = models.CharField(max_length=8, default="en")
    sealed_contact = models.BinaryField(null=True, editable=False)
    opened_on = models.DateField(_("opened"))
    taken_up_on = models.DateField(_("taken up"), null=True, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = DisputeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["opened_on", "pk"]
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, outcome="")
                | (Q(decided_on__isnull=False) & ~Q(outcome="")),
                name="dispute_decided_has_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.opened_on}"
