from typing import Any

from django.core.management.base import BaseCommand

from portal.search.vocabulary import count_words


class Command(BaseCommand):
    help = "Counts the words of public search cards, which other spellings are offered from."

    def handle(self, *args: Any, **options: Any) -> None:
        words = count_words()
        if options["verbosity"]:
            self.stdout.write(f"{words} words counted")
