"""
Secrets of authenticator apps and of recovery codes, sealed where they are kept.

Whoever has the database, or a backup, computes no code: they are under the same keys as addresses
(`portal.notifications.sealing`), which lie outside it. What allauth kept before in the clear is
still read, and sealed by `manage.py reseal`.
"""

import base64
import secrets

from allauth.mfa.models import Authenticator
from django.db import transaction

from portal.notifications.sealing import CannotUnsealError, reseal, seal, unseal

MARK = "sealed:"
# What allauth calls them, in the JSON of each factor.
SECRETS = ("secret", "seed")


def seal_secret(text: str) -> str:
    """Return what is kept instead of a secret."""
    return MARK + seal(text).decode()


def open_secret(kept: str) -> str:
    """Return the secret; where no key opens it any more, one by which no code is ever right."""
    if not kept.startswith(MARK):
        return kept
    try:
        return unseal(kept.removeprefix(MARK).encode())
    except CannotUnsealError:
        return base64.b32encode(secrets.token_bytes(20)).decode()


def reseal_factors() -> tuple[int, int]:
    """Seal every secret under today's first key; return how many, and how many no key opens."""
    renewed = unreadable = 0
    for pk in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
            names = [name for name in SECRETS if factor and name in factor.data]
            if factor is None or not names:
                continue
            try:
                factor.data |= {name: _anew(factor.data[name]) for name in names}
            except CannotUnsealError:
                unreadable += 1
                continue
            factor.save(update_fields=["data"])
            renewed += 1
    return renewed, unreadable


def _anew(kept: str) -> str:
    if not kept.startswith(MARK):
        return seal_secret(kept)
    return MARK + reseal(kept.removeprefix(MARK).encode()).decode()
