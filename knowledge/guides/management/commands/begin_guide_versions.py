from typing import Any

from django.core.management.base import BaseCommand

from knowledge.guides.versions.actions import begin_versions


class Command(BaseCommand):
    help = (
        "Keeps version 1 of each published guide that has no version yet, and states it in the "
        "record. May be run again at any time."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        if (begun := begin_versions()) and verbosity:
            self.stdout.write(f"{begun} guides have a first version now.")
