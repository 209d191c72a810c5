"""`manage.py load_states [FILE]`: bring the register of states in line with a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.stakeholders.actions import STATES_FILE, load_states
from portal.stakeholders.states_file import StatesFileError


class Command(BaseCommand):
    help = "Load the states from a CSV file; without one, from the portal's own data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=STATES_FILE)

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        try:
            report = load_states(file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except StatesFileError as error:
            raise CommandError(
                "\n".join([f"{file}: nothing was changed.", *map(str, error.faults)])
            ) from error
        if verbosity:
            self.stdout.write(
                f"States: {report.created} new, {report.updated} changed, "
                f"{report.unchanged} as they were."
            )
