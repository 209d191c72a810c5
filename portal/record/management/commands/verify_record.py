from typing import Any

from django.core.management.base import BaseCommand

from portal.record import tree
from portal.record.checking import findings
from portal.record.models import Checkpoint


class Command(BaseCommand):
    help = "Holds everything the portal keeps against the record; ends with 1 where they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        first: int | None = None
        found = 0
        for finding in findings():
            found += 1
            if finding.index is None:
                self.stderr.write(finding.text)
            else:
                first = finding.index if first is None else min(first, finding.index)
                self.stderr.write(f"Entry {finding.index} {finding.text}")
        if found:
            place = "" if first is None else f" The first wrong entry is {first}."
            self.stderr.write(f"The record does not hold: {found} found.{place}")
            raise SystemExit(1)
        size = tree.size()
        if options["verbosity"]:
            roots = Checkpoint.objects.count()
            self.stdout.write(f"The record holds: {size} entries, {roots} published roots.")
            self.stdout.write(f"Root: {tree.root(size).hex()}")
