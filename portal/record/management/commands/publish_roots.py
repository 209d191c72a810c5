from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from portal.record.sequencer import publish_roots


class Command(BaseCommand):
    help = (
        "Gives the record's entries of days that have ended their places, and publishes the root "
        "of each day and of each consultation that closed. Nothing happens before the next day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            made = publish_roots(at=timezone.now())
        if options["verbosity"]:
            for checkpoint in made:
                about = f" ({checkpoint.subject})" if checkpoint.subject else ""
                self.stdout.write(
                    f"{checkpoint.occasion}{about}, {checkpoint.day}: {checkpoint.size} entries, "
                    f"{checkpoint.root_hex}"
                )
