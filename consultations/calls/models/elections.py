"""Elections in States, which staff enter: no library knows them ahead."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.stakeholders.models import State


class ElectionQuerySet(models.QuerySet["Election"]):
    def between(self, states: Iterable[str], first: date, last: date) -> "ElectionQuerySet":
        """Return those in some States (codes) from `first` to `last`, both included, in order."""
        found = self.filter(state__iso2__in=[*states], on__range=(first, last))
        return found.select_related("state").order_by("on", "state__iso2")


class Election(models.Model):
    """A day on which people of a State vote; few of its officials and bodies answer before it."""

    state = models.ForeignKey(State, models.CASCADE, related_name="+", verbose_name=_("State"))
    on = models.DateField(_("day"), help_text=_("The first, where people vote on several."))
    name = models.CharField(
        _("what is elected"), max_length=150, help_text=_("For example “Parliament”.")
    )
    source = models.URLField(
        _("where this is announced"), max_length=500, blank=True, help_text=_("An official page.")
    )

    objects = ElectionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["on"]
        verbose_name = _("election")
        verbose_name_plural = _("elections")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} · {self.state} · {self.name}"
