"""`manage.py remind_fact_checkers`: part of housekeeping."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from knowledge.fact_checks.models import Expert
from knowledge.fact_checks.notifications import remind, step_of


class Command(BaseCommand):
    help = (
        "Reminds experts who have not sent their check of facts: a week and a day before the "
        "deadline, and on it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.now().date()
        with transaction.atomic():
            for expert in Expert.objects.waiting().filter(fact_check__deadline__gte=today):
                step = step_of(expert, today)
                if step is not None:
                    remind(expert, step)
