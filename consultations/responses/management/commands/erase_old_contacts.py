"""`manage.py erase_old_contacts`: addresses of answers whose story is told."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from consultations.responses.actions import erase_old_contacts, erase_old_proofs


class Command(BaseCommand):
    help = (
        "Erases the e-mail addresses of those who wanted news of their answers, once the outcome "
        "is published, the consultation cancelled, or two years have passed since the deadline; "
        "and what is kept of the addresses of signatories."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"{erase_old_contacts(at=now)} addresses of submitters erased.")
        self.stdout.write(f"{erase_old_proofs(at=now)} confirmations of signatories erased.")
