from typing import Any

from django.core.management.base import BaseCommand

from knowledge.guides.actions import move_to_its_language
from knowledge.guides.models import GuidePage


class Command(BaseCommand):
    help = (
        "Moves each guide that stands under the guides of another language to those of its own. "
        "Its old address still leads to it. May be run again at any time."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        for guide in GuidePage.objects.in_another_tree():
            said = move_to_its_language(guide)
            if verbosity:
                self.stdout.write(f"{guide.title}: {said}")
