"""The number that a consultation is cited by: ECHRI-2026-01."""

from django.db import models, transaction
from django.db.models import F


class DocketYear(models.Model):
    """The last number given in a year; a number is never given again, even if its page goes."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return docket(self.year, self.last)


def docket(year: int, number: int) -> str:
    """Return a docket as it is written."""
    return f"ECHRI-{year}-{number:02d}"


def next_docket(year: int) -> str:
    """
    Return the next docket of a year, inside the caller's transaction.

    Two at once wait for each other at the year's row and get different numbers.
    """
    with transaction.atomic():
        DocketYear.objects.get_or_create(year=year)
        DocketYear.objects.filter(year=year).update(last=F("last") + 1)
        return docket(year, DocketYear.objects.get(year=year).last)
