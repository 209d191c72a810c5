"""Until when traces are forgotten."""

from datetime import date
from typing import ClassVar

from django.db import models


class ForgottenManager(models.Manager["Forgotten"]):
    def until(self) -> date | None:
        """Return the last day (of UTC) whose traces are forgotten; None before the first."""
        return self.values_list("day", flat=True).first()

    def have(self, day: date) -> None:
        """Write down that it is done until the end of `day`."""
        self.update_or_create(pk=1, defaults={"day": day})


class Forgotten(models.Model):
    """The one row that says until which day (of UTC) it is done."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField()

    objects = ForgottenManager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return str(self.day)
