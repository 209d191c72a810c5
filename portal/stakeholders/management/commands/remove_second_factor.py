"""`manage.py remove_second_factor ADDRESS`: for whoever has lost factor and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.stakeholders.actions import remove_second_factors
from portal.stakeholders.models import User


class Command(BaseCommand):
    help = (
        "Removes every second factor and recovery code of an account, ends its sessions and tells "
        "its owner. Ask first who it is, by another way than by e-mail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="The account's e-mail address.")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        """Raises CommandError where no account has this address."""
        person = User.objects.filter(email__iexact=address).first()
        if person is None:
            raise CommandError("No account has this address.")
        removed = remove_second_factors(user=person)
        self.stdout.write(f"Removed {removed}. Whoever signs in next by mail can set up another.")
