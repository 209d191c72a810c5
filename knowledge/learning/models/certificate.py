"""Certificates: that a path was worked through, and not by whom."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.keys import RandomUUIDField


class Certificate(models.Model):
    """
    A number of chance on a paper, and what the paper says beside the name.

    `path` is the key that a path shares with its translations, `guides` a list of `guide` (such a
    key), `title`, `slug`, `language` and `version` (0 where none was kept).
    """

    number = RandomUUIDField()
    path = models.UUIDField(_("path"))
    title = models.CharField(_("title of the path"), max_length=255)
    language = models.CharField(_("language"), max_length=12)
    minutes = models.PositiveIntegerField(_("minutes"))
    guides = models.JSONField(_("guides"), default=list)
    day = models.DateField(_("day"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-day", "title"]
        # What the report counts is read from it alone, without the guides of each certificate.
        indexes: ClassVar = [
            models.Index(fields=["path", "title", "day"], name="certificates_counted")
        ]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return f"{self.title} · {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("learning:shown", args=[self.number])

    @property
    def hours(self) -> int:
        """Return how long the path takes, in whole hours."""
        return hours_of(self.minutes)


def hours_of(minutes: int) -> int:
    """Return minutes as whole hours, rounded, at least one."""
    return max(round(minutes / 60), 1)
