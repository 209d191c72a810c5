from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from elasticsearch import ApiError, TransportError

from portal.search.erasure import overwrite_erased
from portal.search.vocabulary.statistics import are_counted_today, count_words


class Command(BaseCommand):
    help = (
        "Counts the words of public search cards, which other spellings are offered from, and "
        "overwrites what was taken out of the search in the files of its indices."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--daily", action="store_true", help="not where they were counted today (UTC)"
        )

    def handle(self, *args: Any, daily: bool, **options: Any) -> None:
        if daily and are_counted_today():
            return
        words = count_words()
        try:
            overwrite_erased()
        except (ApiError, TransportError) as error:
            raise CommandError(f"Elasticsearch: {type(error).__name__}") from None
        if options["verbosity"]:
            self.stdout.write(f"{words} words counted")
