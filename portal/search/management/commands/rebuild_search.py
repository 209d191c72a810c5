from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.search.rebuild import rebuild
from portal.search.registry import all_kinds


class Command(BaseCommand):
    help = "Writes the search index anew from what the portal holds; search goes on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--kind", action="append", help="Only this kind, e.g. guide; may be repeated."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = {kind.key: kind for kind in all_kinds()}
        chosen = options["kind"]
        for key in chosen or ():
            if key not in known:
                raise CommandError(f"No kind {key!r}; there are: {', '.join(sorted(known))}.")
        kinds = [known[key] for key in chosen] if chosen else None
        for kind, written, removed in rebuild(kinds):
            if options["verbosity"]:
                self.stdout.write(f"{kind.plural}: {written} written, {removed} taken out")
