"""
The outbox: what is to be told to whom, until it is told; addresses that wait for their code.

A row holds an address only while it waits, and then sealed. Its times are days, or are rounded:
when somebody answered without a name is nobody's business (docs/decisions/0016-notifications.md).
"""

import json
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.keys import RandomUUIDField
from portal.notifications.sealing import unseal

# How long a message that is being sent may take before it counts as one of unknown fate.
PATIENCE = timedelta(minutes=15)
ROUNDED_TO = timedelta(minutes=5)


def rounded_up(moment: datetime) -> datetime:
    """Return the next full five minutes: a retry must not say to the second when it all began."""
    over = timedelta(
        minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment + (ROUNDED_TO - over if over else timedelta())


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", pgettext_lazy("a mail", "Sent")
    # Translators: a mail that could not be sent.
    FAILED = "failed", _("Given up")


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, at: datetime) -> "MessageQuerySet":
        """Return those that may be sent at `at`, the longest due first."""
        return self.filter(state=State.WAITING, next_at__lte=at).order_by("next_at", "pk")

    def unknown(self, at: datetime) -> "MessageQuerySet":
        """
        Return those of which nobody knows whether they went out.

        Whoever was sending them ended, or the mail server fell silent, after the message may have
        been taken and before that was written down.
        """
        return self.filter(state=State.SENDING, next_at__lte=at)

    def claim(self, message: "Message", at: datetime) -> bool:
        """
        Take a due message for sending; False where somebody else was faster.

        One conditional UPDATE: of any number who try, one gets it.
        """
        due = self.filter(pk=message.pk, state=State.WAITING, attempts=message.attempts)
        claimed = due.update(
            state=State.SENDING, attempts=F("attempts") + 1, next_at=rounded_up(at + PATIENCE)
        )
        if claimed:
            message.attempts += 1
        return bool(claimed)

    def settle(self, message: "Message", **fields: object) -> bool:
        """Write down what became of a claimed message, unless it has been taken back meanwhile."""
        return bool(self.claimed(message).update(**fields))

    def claimed(self, message: "Message") -> "MessageQuerySet":
        """Return the message's row while it is ours to send; nothing once somebody took it back."""
        return self.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)


class Message(models.Model):
    """
    One e-mail to one person.

    `once` is a keyed hash of what makes it unique and outlives the rest, so that the same thing is
    not told twice. `sealed` holds the address and what the mail is made of; `about` is a keyed hash
    of what it is about, by which it can be taken back. `next_at` is when it may be sent; while it
    is being sent, when it counts as of unknown fate. Sent, a message keeps its hash and day and
    nothing else, or nothing at all (`NotificationKind.is_forgotten`); given up, its kind and error
    too. The primary key is random: numbers in sequence would say what came before what.
    """

    id = RandomUUIDField()
    once = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(max_length=12, blank=True)
    sealed = models.BinaryField(null=True, editable=False)
    about = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(
        pgettext_lazy("how far a file or a mail is", "state"),
        max_length=7,
        choices=State,
        default=State.WAITING,
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(null=True)
    last_error = models.CharField(_("last error"), max_length=80, blank=True)
    on = models.DateField(_("day"))

    objects = MessageQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes: ClassVar = [
            models.Index(
                fields=["state", "next_at"],
                name="message_unsettled",
                condition=~models.Q(state=State.SENT),
            ),
            models.Index(fields=["about"], name="message_about", condition=~models.Q(about="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.state}"

    @property
    def address(self) -> str:
        """Return where it goes; raises CannotUnsealError."""
        return self._opened()["to"]

    @property
    def context(self) -> dict[str, Any]:
        """Return what its templates are given; raises CannotUnsealError."""
        return self._opened()["context"]

    def _opened(self) -> dict[str, Any]:
        return json.loads(unseal(self.sealed or b""))


class Confirmation(models.Model):
    """
    An address that waits for the code that was sent to it.

    `purpose` is a keyed hash of what is to be done with the address; of each there is one.
    `sealed` holds the address and the language of its mails. The row goes when the code is typed,
    and soon after `expires_at`, which is rounded.
    """

    id = RandomUUIDField()
    purpose = models.CharField(max_length=64, unique=True, editable=False)
    sealed = models.BinaryField(editable=False)
    code_hash = models.CharField(max_length=64, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("address to be confirmed")
        verbose_name_plural = _("addresses to be confirmed")

    def __str__(self) -> str:
        return str(self.pk)
