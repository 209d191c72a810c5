"""`manage.py reseal`: all that is sealed under today's first key, so that an older one can go."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from portal.notifications.sealing import CannotUnsealError, reseal
from portal.stakeholders.sealing import reseal_factors

# Model and field of all that is sealed; a test finds those that are missing here.
SEALED = (
    ("notifications.Message", "sealed"),
    ("notifications.Confirmation", "sealed"),
    ("moderation.Dispute", "sealed_contact"),
    ("responses.Contact", "sealed"),
    ("following.Follow", "sealed"),
)


class Command(BaseCommand):
    help = (
        "Seals addresses and second factors anew under the first of SEALING_KEYS. Run it after "
        "putting a new key first; then the older keys can be taken away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where something was sealed under a key that is gone; it stays so."""
        renewed, lost = reseal_factors()
        self.stdout.write(f"mfa.Authenticator: {renewed} sealed anew")
        for label, field in SEALED:
            renewed, unreadable = _reseal_all(apps.get_model(label), field)
            lost += unreadable
            self.stdout.write(f"{label}: {renewed} sealed anew")
        if lost:
            raise CommandError(f"{lost} could not be opened with any key: nobody can read them.")


def _reseal_all(model: type[models.Model], field: str) -> tuple[int, int]:
    renewed = unreadable = 0
    held = model._default_manager.exclude(**{field: None})
    for pk in list(held.values_list("pk", flat=True)):
        with transaction.atomic():
            # Read under the lock: mail that is sent meanwhile loses its address for good.
            row = held.select_for_update().filter(pk=pk).values_list(field, flat=True).first()
            if row is None:
                continue
            try:
                sealed = reseal(row)
            except CannotUnsealError:
                unreadable += 1
                continue
            model._default_manager.filter(pk=pk).update(**{field: sealed})
            renewed += 1
    return renewed, unreadable
