from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.files.actions import scan_quarantined
from portal.files.errors import ScannerUnavailable
from portal.files.models import State


class Command(BaseCommand):
    help = "Scans the files that came in while the virus scanner could not be reached."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = scan_quarantined()
        except ScannerUnavailable:
            raise CommandError(
                "The virus scanner (CLAMD_URL) does not answer; the files go on waiting."
            ) from None
        if options["verbosity"]:
            self.stdout.write(
                f"{counts[State.CLEAN]} clean, {counts[State.INFECTED]} infected and erased"
            )
