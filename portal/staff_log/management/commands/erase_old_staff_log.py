"""`manage.py erase_old_staff_log`: part of housekeeping."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.staff_log.actions import forget_old


class Command(BaseCommand):
    help = "Erases lines of the log of staff that are older than STAFF_LOG_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        if erased := forget_old():
            self.stdout.write(f"Erased {erased} lines of the log of staff.")
