"""Who answers for a guide: a unit with a mailbox, and its deputy."""

from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.keys import hashed
from portal.notifications.addresses import LONGEST


class Reached(NamedTuple):
    """A mailbox of an owner: `field` holds its address, `verified` the day on which it answered."""

    field: str
    verified: str
    secret: str


MAILBOXES = (
    Reached("mailbox", "mailbox_verified_on", "mailbox_secret"),
    Reached("deputy_mailbox", "deputy_verified_on", "deputy_secret"),
)


def languages_of_mail() -> list[tuple[str, str]]:
    """Return the languages that mails are written in, each with its own name."""
    return list(settings.LANGUAGES)


class OwnerManager(models.Manager["Owner"]):
    def named(self, unit: str) -> "Owner":
        """Return the owner of this name, made where there is none."""
        return self.get_or_create(unit=unit)[0]

    def asked_by(self, secret: str) -> "Asked | None":
        """Return the owner, and which of its mailboxes, whose latest link holds `secret`."""
        for box in MAILBOXES:
            if owner := self.filter(**{box.secret: hashed(secret)}).first():
                return Asked(owner, box)
        return None


class Owner(models.Model):
    """
    A unit that answers for guides and reviews them. No person, but for its deputy.

    Nothing is sent to a mailbox but the link that verifies it, until somebody has followed that.
    Of each link a hash is kept; a new link takes the place of the earlier one.
    """

    unit = models.CharField(
        _("unit"),
        max_length=200,
        unique=True,
        help_text=_("As readers see it under its guides. No person’s name."),
    )
    mailbox = models.EmailField(
        _("mailbox"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Of the unit, not of one person. A mail with a link goes to it."),
    )
    mailbox_verified_on = models.DateField(_("mailbox verified"), null=True, editable=False)
    mailbox_secret = models.CharField(max_length=64, blank=True, editable=False)
    deputy_name = models.CharField(
        _("deputy"),
        max_length=120,
        blank=True,
        help_text=_("Who stands in where the unit does not answer. Shown to staff alone."),
    )
    deputy_mailbox = models.EmailField(
        _("deputy’s mailbox"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Written to from the day on which a review is due. A link goes to it too."),
    )
    deputy_verified_on = models.DateField(_("deputy’s mailbox verified"), null=True, editable=False)
    deputy_secret = models.CharField(max_length=64, blank=True, editable=False)
    language = models.CharField(
        _("language of mails"), max_length=12, choices=languages_of_mail, default="en"
    )

    objects = OwnerManager()

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        ordering: ClassVar = ["unit"]

    def __str__(self) -> str:
        return self.unit

    @property
    def is_verified(self) -> bool:
        """Say whether reminders reach the unit."""
        return bool(self.mailbox and self.mailbox_verified_on)

    def reached(self, box: Reached) -> str:
        """Return the address of one of its mailboxes; "" where it is not verified."""
        return getattr(self, box.field) if getattr(self, box.verified) else ""


class Asked(NamedTuple):
    """A mailbox that a link was sent to, and whose it is."""

    owner: Owner
    box: Reached
