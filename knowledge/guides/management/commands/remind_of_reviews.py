"""`manage.py remind_of_reviews`"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.guides.actions import remind_of_reviews


class Command(BaseCommand):
    help = "Write to the owners of guides whose review is due or will be soon."

    def handle(self, *args: Any, **options: Any) -> None:
        if mails := remind_of_reviews(on=timezone.localdate()):
            self.stdout.write(f"Wrote {mails} reminders of reviews.")
