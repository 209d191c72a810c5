"""`manage.py check_links`: whether the addresses of sources still answer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.sources.actions import check_links, forget_links


class Command(BaseCommand):
    help = (
        "Asks a few addresses of sources that were not asked for a week. Asks nobody, and forgets "
        "what was found, unless CHECK_LINKS is set."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CHECK_LINKS:
            forget_links()
        elif asked := check_links(on=timezone.localdate()):
            self.stdout.write(f"Asked {asked} addresses of sources.")
