from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.search import outbox
from portal.search.rebuild import rebuild
from portal.search.registry import Kind, all_kinds

# How often to say how far it is.
PROGRESS = 10_000


class Command(BaseCommand):
    help = (
        "Writes the search index anew from what the portal holds and, where there is "
        "Elasticsearch, a new index there; search goes on meanwhile."
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
        if options["index_only"]:
            if not settings.ELASTICSEARCH_URL:
                raise CommandError("No Elasticsearch is set: ELASTICSEARCH_URL is empty.")
            self.rebuild_index("What was searched stays in use, and is as good as before.")
        elif options["kind"] or not settings.ELASTICSEARCH_URL:
            self.rebuild_cards(self.chosen(options["kind"]))
        else:
            self.rebuild_both()

    def chosen(self, keys: list[str] | None) -> list[Kind] | None:
        """The kinds of these keys, None for all."""
        known = {kind.key: kind for kind in all_kinds()}
        for key in keys or ():
            if key not in known:
                raise CommandError(f"No kind {key!r}; there are: {', '.join(sorted(known))}.")
        return [known[key] for key in keys] if keys else None

    def rebuild_both(self) -> None:
        """
        The cards without a word to Elasticsearch, then an index there that has them all.

        Where that fails Elasticsearch may be behind with any card, so all are entered as changed.
        """
        try:
            self.rebuild_cards(None, announce=False)
            self.rebuild_index(
                "All cards are entered as changed: until they are delivered to the old index the "
                "database is searched. Run it again once Elasticsearch is well."
            )
        except BaseException:
            outbox.add_all()
            raise

    def rebuild_cards(self, kinds: list[Kind] | None, *, announce: bool = True) -> None:
        for kind, written, removed in rebuild(kinds, announce=announce):
            self.say(f"{kind.plural}: {written} written, {removed} taken out")

    def rebuild_index(self, otherwise: str) -> None:
        """`otherwise` is what to say further where it fails."""
        from portal.search.elastic.rebuilding import RebuildFailedError, rebuild_index

        sent = said = 0
        try:
            for sent in rebuild_index():
                if sent >= said + PROGRESS:
                    said = sent
                    self.say(f"Elasticsearch: {sent} cards sent …")
        except RebuildFailedError as error:
            raise CommandError(f"Elasticsearch has no new index: {error}. {otherwise}") from error
        self.say(f"Elasticsearch: a new index of {sent} cards is searched")

    def say(self, line: str) -> None:
        if self.verbosity:
            self.stdout.write(line)
