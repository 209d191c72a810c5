from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from portal.record.actions import publish_roots


class Command(BaseCommand):
    help = "Publishes the record's root, and one for each consultation that closed; run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            made = publish_roots(at=timezone.now())
        if options["verbosity"]:
            for checkpoint in made:
                about = f" ({checkpoint.subject})" if checkpoint.subject else ""
                self.stdout.write(
                    f"{checkpoint.occasion}{about}: {checkpoint.size} entries, "
                    f"{bytes(checkpoint.root).hex()}"
                )
