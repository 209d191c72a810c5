"""`manage.py erase_old_invitations`: part of housekeeping."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.stakeholders.models import FactorReset, Invitation


class Command(BaseCommand):
    help = (
        "Erases invitations that ended a month ago, with their addresses, and requests to remove "
        "a second factor that nobody approved in time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        Invitation.objects.old(now).delete()
        FactorReset.objects.old(now).delete()
