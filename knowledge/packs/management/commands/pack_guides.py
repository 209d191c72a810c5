"""`manage.py pack_guides`: part of housekeeping."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.packs.actions import bring_up_to_date

# So that what a timer does beside it is not late: the next time goes on.
SECONDS = 60


class Command(BaseCommand):
    help = "Makes what packs to take along hold of each guide, where it was published anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=SECONDS, help="begin none after these")

    def handle(self, *args: Any, seconds: float, **options: Any) -> None:
        if count := bring_up_to_date(timezone.now(), seconds):
            self.stdout.write(f"Packed {count} guides to take along.")
