"""`manage.py send_search_digests`: news for saved searches; for a timer, as often as one likes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.saved_searches.digests import send_digests


class Command(BaseCommand):
    help = (
        "Writes down a mail to each person who has something new for a saved search: daily ones "
        "from 05:10 UTC, weekly ones on Mondays. send_notifications or a server sends them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        tally = send_digests(at=timezone.now())
        self.stdout.write(f"{tally.told} people are told what is new for their searches.")
        if tally.failed:
            raise CommandError(f"For {tally.failed} people, looking failed; see the log.")
