"""`manage.py reseal`: all that is sealed under today's first key, so that an older one can go."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from portal.notifications.sealing import CannotUnsealError, opened_by, reseal
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

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--old-keys",
            metavar="FILE",
            type=Path,
            help="a file of keys that no setting can hold, one a line, each just as it was in use",
        )

    def handle(self, *args: Any, old_keys: Path | None = None, **options: Any) -> None:
        """
        Raises CommandError where something was sealed under a key that is gone, and stays so, and
        where the file of keys cannot be read.
        """
        with opened_by(_lines(old_keys) if old_keys else []):
            self.reseal()

    def reseal(self) -> None:
        renewed, lost = reseal_factors()
        self.stdout.write(f"mfa.Authenticator: {renewed} sealed anew")
        for label, field in SEALED:
            renewed, unreadable = _reseal_all(apps.get_model(label), field)
            lost += unreadable
            self.stdout.write(f"{label}: {renewed} sealed anew")
        if lost:
            raise CommandError(f"{lost} could not be opened with any key: nobody can read them.")


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text(encoding="utf-8").split("\n") if line]
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from None


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
