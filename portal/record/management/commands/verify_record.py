from typing import Any

from django.core.management.base import BaseCommand

from portal.record import tree
from portal.record.audit import findings
from portal.record.models import Checkpoint, Entry


class Command(BaseCommand):
    help = "Holds everything the portal keeps against the record; ends with 1 where they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        first: int | None = None
        found = 0
        for finding in findings():
            found += 1
            if finding.entry is None:
                self.stderr.write(finding.text)
                continue
            if isinstance(finding.entry, int):
                first = finding.entry if first is None else min(first, finding.entry)
            self.stderr.write(f"Entry {finding.entry} {finding.text}")
        if found:
            place = "" if first is None else f" The first wrong entry is {first}."
            self.stderr.write(f"The record does not hold: {found} found.{place}")
            raise SystemExit(1)
        size = tree.size()
        if options["verbosity"]:
            roots = Checkpoint.objects.count()
            waiting = Entry.objects.waiting().count()
            self.stdout.write(
                f"The record holds: {size} entries, {roots} published roots. "
                f"{waiting} wait for the end of their day."
            )
            self.stdout.write(f"Root: {tree.root(size).hex()}")
