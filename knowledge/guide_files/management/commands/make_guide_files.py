"""`manage.py make_guide_files`: guides as PDF, for those who take them along."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.guide_files.actions import bring_up_to_date

# So that what a timer does beside it is not late: the next time goes on.
SECONDS = 120


class Command(BaseCommand):
    help = (
        "Makes the PDF of each guide that has none, or whose text, sources or review say otherwise."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=SECONDS, help="begin none after these")

    def handle(self, *args: Any, seconds: float, **options: Any) -> None:
        count = bring_up_to_date(timezone.now(), seconds)
        self.stdout.write(f"Made the PDF of {count} guides.")
