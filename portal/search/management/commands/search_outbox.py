from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.search.elastic.lag import condition


class Command(BaseCommand):
    help = (
        "Brings to Elasticsearch what changed, and says what is left. Safe to run beside servers "
        "that do so, and more than once at a time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retry-failed",
            action="store_true",
            help="also try again what Elasticsearch refused for good",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ELASTICSEARCH_URL:
            self.say("No Elasticsearch is set: nothing waits.", options)
            return
        # Here, for whoever has no Elasticsearch need not load its client.
        from portal.search.elastic.delivery import deliver_due, retry_failed

        if options["retry_failed"]:
            self.say(f"{retry_failed()} refused changes are tried again.", options)
        tally = deliver_due()
        left = condition()
        self.say(
            f"{tally.delivered} cards delivered, {left['waiting']} changes waiting "
            f"({left['lag_seconds']} s behind), {left['failed']} refused for good.",
            options,
        )
        if tally.trouble:
            raise CommandError(
                f"Elasticsearch is away or in trouble ({tally.trouble}). What waits is kept and "
                "tried again by itself; the database is searched for it meanwhile."
            )
        if left["failed"]:
            raise CommandError(
                f"Elasticsearch refused {left['failed']} changes; the log names the errors. After "
                "an upgrade run rebuild_search, which makes an index that takes them; otherwise "
                "--retry-failed once the cause is mended."
            )

    def say(self, line: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(line)
