"""`manage.py forget_traces`: no row and no file tells the hour of what was done yesterday."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.traces.actions import forget_traces
from portal.traces.postgresql import InUse
from portal.traces.sqlite import TooLarge


class Command(BaseCommand):
    help = (
        "Writes anew, once a day has ended, what database and disk keep in the order in which "
        "answers came in. Nothing happens before the next day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = forget_traces(at=timezone.now())
        except (InUse, TooLarge) as error:
            raise CommandError(str(error)) from error
        if done and options["verbosity"]:
            self.stdout.write("Rows and files are written anew, in an order that chance decided.")
