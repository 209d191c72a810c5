"""`manage.py forget_made_files`: part of housekeeping."""

from typing import Any

from django.core.cache import caches
from django.core.management.base import BaseCommand

from portal.made.storage import EndingFiles


class Command(BaseCommand):
    help = "Deletes files made for readers that nobody can fetch any more. Redis does it by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        store = caches["made"]
        if isinstance(store, EndingFiles) and (count := store.forget_ended()):
            self.stdout.write(f"Deleted {count} entries of files made for readers.")
