"""`manage.py check_library`: each fault of the library's files as "file:line: fault"."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.management.library.checking import LIBRARY, faults_of


class Command(BaseCommand):
    help = "Checks the guides, sources, points, titles and figures of the library."
    # Files only: no database, no models.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=LIBRARY, help="another folder than the library"
        )

    def handle(self, *args: Any, folder: Path = LIBRARY, **options: Any) -> None:
        """Raises CommandError, so that it ends with 1, where there is any fault."""
        found = faults_of(folder)
        for fault in found:
            path = fault.path
            if path.is_relative_to(Path.cwd()):
                path = path.relative_to(Path.cwd())
            self.stdout.write(f"{path}:{fault.line}: {fault.text}")
        if found:
            raise CommandError(f"{len(found)} faults in the library: mend them, then check again.")
        self.stdout.write("The library has no faults.")
