from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.record.export import RecordBroken, export


class Command(BaseCommand):
    help = "Writes the record of ended days into a directory, with the script that checks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        try:
            size = export(directory)
        except RecordBroken:
            raise CommandError("The record does not hold: run verify_record.") from None
        except OSError as error:
            raise CommandError(f"{directory} cannot be written: {error.strerror}.") from error
        if options["verbosity"]:
            self.stdout.write(f"{size} entries in {directory}")
