"""`manage.py refresh_phases`: what the search says of consultations follows the clock."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.calls.cards import refresh_phases


class Command(BaseCommand):
    help = "Write anew the search cards of consultations that have opened, closed or ended since."

    def handle(self, *args: Any, **options: Any) -> None:
        count = refresh_phases(timezone.now())
        self.stdout.write(f"Refreshed the phase of {count} consultations.")
