from typing import Any

from django.core.management.base import BaseCommand

from portal.files.usage import remove_unused


class Command(BaseCommand):
    help = "Erases attached files that nothing uses any more and that are older than two days."

    def handle(self, *args: Any, **options: Any) -> None:
        rows, stray = remove_unused()
        if options["verbosity"]:
            self.stdout.write(f"{rows} unused files and {stray} stray copies erased")
