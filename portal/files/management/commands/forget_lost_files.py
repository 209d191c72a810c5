from typing import Any

from django.core.management.base import BaseCommand

from portal.files.intake import forget_lost


class Command(BaseCommand):
    help = "Says of files that waited in a process that has ended that they have to be sent again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = forget_lost()
        if options["verbosity"]:
            self.stdout.write(f"{count} files lost")
