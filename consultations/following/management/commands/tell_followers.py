"""`manage.py tell_followers`: what happened to consultations, to those who follow them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.following.news import tell_followers


class Command(BaseCommand):
    help = (
        "Writes down a mail to each follower of a consultation that has opened, closed, got a "
        "later deadline, published responses or its outcome, or was cancelled since; erases the "
        "addresses after the last. For a timer, as often as one likes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = tell_followers(at=timezone.now())
        self.stdout.write(f"Followers are told of {count} events.")
