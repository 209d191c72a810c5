"""`manage.py erase_old_feedback`"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.feedback.actions import KEPT_MONTHS, erase_old_feedback


class Command(BaseCommand):
    help = f"Erase what readers said of guides more than {KEPT_MONTHS} months ago."

    def handle(self, *args: Any, **options: Any) -> None:
        if erased := erase_old_feedback(on=timezone.localdate()):
            self.stdout.write(f"Erased {erased} answers of readers.")
