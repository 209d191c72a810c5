"""`manage.py forget_fact_checkers`: part of housekeeping."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.fact_checks.models import Expert


class Command(BaseCommand):
    help = (
        "Erases the addresses of experts whose round of checking facts was closed ninety days "
        "ago or had its deadline a year ago, and the names of those who did not agree to be named."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.now().date()
        old = Expert.objects.to_forget(today)
        nameless = old.filter(consented_on__isnull=True)
        nameless.update(email="", name="", affiliation="", revoked_on=today)
        old.update(email="", revoked_on=today)
