"""`manage.py forget_missed_searches`"""

from typing import Any

from django.core.management.base import BaseCommand

from portal.curation.actions import KEPT_DAYS, forget_missed


class Command(BaseCommand):
    help = f"Erase searches that found nothing and were made more than {KEPT_DAYS} days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        if erased := forget_missed():
            self.stdout.write(f"Erased {erased} missed searches.")
