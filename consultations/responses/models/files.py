"""What became of a file after it was sent."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.responses.models.responses import ResponseVersion
from portal.files.passages import ALL
from portal.keys import RandomKeyField


class SentFileQuerySet(models.QuerySet["SentFile"]):
    def of_stored(self, pk: Any) -> "SentFileQuerySet":
        """Return those in whose place a stored file stands."""
        return self.filter(stored=pk).select_related("version__response__consultation")

    def open_on(self, day: date) -> "SentFileQuerySet":
        """Return those being checked, or in whose place another may be attached on a day."""
        return self.filter(Q(is_awaited=True) | Q(until__gte=day))


class SentFile(models.Model):
    """
    A file of a version that was sent before it was checked, or of which something is left out.

    `file` is the id under which the version's answers name it, `stored` that of the stored file
    which stands there: the same, or one attached later where the first could not be taken.

    While it `is_awaited` it is being checked. Then either `entry` is the leaf of the entry that
    states its hash, or another may be attached until the end of the day `until`, in the
    consultation's zone, which the first that could not be taken has set. It has neither where the
    version itself states the hash.

    `cuts` are places in its text that readers do not get, or `ALL` (`portal.files.passages`).
    `text` is the id of the stored file with the words that are left, None where that is nothing or
    all of it. What was left out when the version was sent is part of the version; `number` counts
    the changes since, of each of which `leaves` has an entry.
    """

    id = RandomKeyField()
    version = models.ForeignKey(ResponseVersion, models.CASCADE, related_name="sent_files")
    file = models.UUIDField()
    stored = models.UUIDField(db_index=True)
    is_awaited = models.BooleanField(default=False)
    entry = models.CharField(max_length=64, blank=True, editable=False)
    until = models.DateField(null=True)
    cuts = models.JSONField(default=list)
    text = models.UUIDField(null=True)
    number = models.PositiveSmallIntegerField(default=0)
    leaves = models.JSONField(default=list, editable=False)

    objects = SentFileQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file that was sent")
        verbose_name_plural = _("files that were sent")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "file"], name="one_row_a_sent_file")
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.file}"

    @property
    def is_left_out(self) -> bool:
        """Say whether the whole file is."""
        return self.cuts == ALL

    @property
    def is_there(self) -> bool:
        """Say whether there is a file in its place that was checked and entered."""
        return not self.is_awaited and self.until is None

    @property
    def came_later(self) -> bool:
        """Say whether it was not checked yet when the version was sent."""
        return bool(self.is_awaited or self.entry or self.until)

    @property
    def entered(self) -> list[str]:
        """Return the leaves of all entries about it, each after the one that it follows."""
        return [leaf for leaf in (self.entry, *self.leaves) if leaf]

    def standing(self, today: date) -> str:
        """Say how one that came later stands: awaited, added, another (may be attached), over."""
        if self.is_awaited:
            return "awaited"
        if self.until is None:
            return "added"
        return "another" if today <= self.until else "over"
