"""`manage.py erase_ended_codes`: what is kept of codes that open nothing any more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.responses.actions import erase_ended_codes


class Command(BaseCommand):
    help = (
        "Erases what is kept of the codes of answers, and drafts that they opened, once the months "
        "that their consultation states have passed since it closed and was answered."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = erase_ended_codes(at=timezone.now())
        self.stdout.write(f"Erased {count} ended codes.")
