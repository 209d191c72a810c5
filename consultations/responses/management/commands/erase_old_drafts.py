"""`manage.py erase_old_drafts`: once a day, so that nothing is kept longer than was promised."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.responses.actions import KEPT_DAYS, erase_old_drafts


class Command(BaseCommand):
    help = f"Erase drafts that were not sent, {KEPT_DAYS} days after the deadline."

    def handle(self, *args: Any, **options: Any) -> None:
        day = (timezone.now() - timedelta(days=KEPT_DAYS)).date()
        count = erase_old_drafts(untouched_since=day)
        self.stdout.write(f"Erased {count} old drafts.")
