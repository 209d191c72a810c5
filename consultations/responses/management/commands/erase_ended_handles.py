"""`manage.py erase_ended_handles`: nothing is left of answers once open in browsers."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.responses.access import handles


class Command(BaseCommand):
    help = "Erase what let browsers go on with answers, and does so no more."

    def handle(self, *args: Any, **options: Any) -> None:
        count = handles.erase_ended(timezone.now())
        self.stdout.write(f"Erased {count} ended handles.")
