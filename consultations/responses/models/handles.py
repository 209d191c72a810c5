"""What lets one browser go on with an answer, without the code lying in it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.keys import RandomKeyField


class HandleQuerySet(models.QuerySet["Handle"]):
    def alive(self, at: datetime) -> "HandleQuerySet":
        """Return those that still open something at an aware instant."""
        return self.filter(ends_at__gt=at)

    def ended(self, at: datetime) -> "HandleQuerySet":
        """Return those that open nothing any more."""
        return self.filter(ends_at__lte=at)


class Handle(models.Model):
    """
    The server's half of what a browser holds; neither half opens anything without the other.

    `token_hash` is the SHA-256 of the random handle in the browser's cookie. `sealed` is the code,
    or what was typed for one, under a key that is made of the handle and kept nowhere
    (`consultations.responses.access.handles`). `ends_at` is a whole quarter of an hour. Nothing
    here names a draft, a response or a consultation.
    """

    class Opens(models.TextChoices):
        """Thing that a handle opens."""

        ANSWER = "answer", _("The response")
        RECEIPT = "receipt", _("The page after sending, once")
        NOTHING = "nothing", _("Nothing: that page was shown")
        TYPED = "typed", _("What was typed and opened nothing, once")

    id = RandomKeyField()
    token_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    opens = models.CharField(max_length=7, choices=Opens, default=Opens.ANSWER)
    ends_at = models.DateTimeField(db_index=True)

    objects = HandleQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions: ClassVar[list[str]] = []
        verbose_name = _("handle of a browser")
        verbose_name_plural = _("handles of browsers")

    def __str__(self) -> str:
        return self.token_hash[:8]
