from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.search.rebuild import rebuild
from portal.search.registry import Kind, all_kinds

# How often to say how far it is.
PROGRESS = 10_000


class Command(BaseCommand):
    help = (
        "Puts the search index right by what the portal holds and, where there is "
        "Elasticsearch, writes a new index there; search and writing go on meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--kind",
            action="append",
            help="Only this kind, e.g. guide; may be repeated. Elasticsearch keeps its index and "
            "hears of the changes.",
        )
        only.add_argument(
            "--index-only",
            action="store_true",
            help="Only the index in Elasticsearch, from the database's.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.verbosity = options["verbosity"]
        if not options["index_only"]:
            self.rebuild_cards(self.chosen(options["kind"]))
        elif not settings.ELASTICSEARCH_URL:
            raise CommandError("No Elasticsearch is set: ELASTICSEARCH_URL is empty.")
        if settings.ELASTICSEARCH_URL and not options["kind"]:
            self.rebuild_index()

    def chosen(self, keys: list[str] | None) -> list[Kind] | None:
        """Return the kinds of these keys, None for all."""
        known = {kind.key: kind for kind in all_kinds()}
        for key in keys or ():
            if key not in known:
                raise CommandError(f"No kind {key!r}; there are: {', '.join(sorted(known))}.")
        return [known[key] for key in keys] if keys else None

    def rebuild_cards(self, kinds: list[Kind] | None) -> None:
        for kind, written, removed in rebuild(kinds):
            self.say(f"{kind.plural}: {written} written, {removed} taken out")

    def rebuild_index(self) -> None:
        from portal.search.elastic.rebuild import RebuildFailedError, rebuild_index

        sent = said = 0
        try:
            for sent in rebuild_index():
                if sent >= said + PROGRESS:
                    said = sent
                    self.say(f"Elasticsearch: {sent} cards sent …")
        except RebuildFailedError as error:
            raise CommandError(
                f"Elasticsearch has no new index: {error}. What was searched stays in use; changes "
                "of cards are delivered to it. Run it again once Elasticsearch is well."
            ) from error
        self.say(f"Elasticsearch: a new index of {sent} cards is searched")

    def say(self, line: str) -> None:
        if self.verbosity:
            self.stdout.write(line)
