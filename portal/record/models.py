"""
The record: a log to which one only adds, and the roots that were published of it.

An entry holds a day and never a time, and nobody's account: who wrote stands elsewhere or nowhere
(docs/decisions/0010-the-record.md).
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

HASH_BYTES = 32


class EntryQuerySet(models.QuerySet[Any]):
    def in_order(self, batch: int = 500) -> Iterator[list["Entry"]]:
        """All entries of this set from the first to the last, in lists, in constant memory."""
        last = -1
        rows: models.QuerySet[Any] = self.order_by("index")
        while found := list(rows.filter(index__gt=last)[:batch]):
            yield found
            last = found[-1].index

    def day_ended_at(self, day: date) -> int:
        """How many entries the record had when a UTC day ended, or has if it has not."""
        until = self.filter(day__lte=day).order_by("-index").values_list("index", flat=True)
        last = until.first()
        return 0 if last is None else last + 1


class Entry(models.Model):
    """
    One leaf.

    `text` is the statement exactly as it was hashed (`digests.canonical`). `nodes` are the hashes
    of the nodes that this leaf completed, lowest first, one after another; so every complete node
    of the tree is in one row that follows from its place. `public` entries are opened to
    everybody; of the others only the hash is. `erased_by` is the entry that says that this one was
    erased: its statement and salt are gone, its hash stays.
    """

    # Two thousand million will do, and only a key of this type is SQLite's own order of rows.
    index = models.IntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=32)
    text = models.TextField(_("statement"), null=True)  # noqa: DJ001 - erased is not empty
    salt = models.BinaryField(null=True)
    leaf_hash = models.BinaryField(max_length=HASH_BYTES)
    nodes = models.BinaryField(default=bytes)
    day = models.DateField(_("day"))
    public = models.BooleanField(_("public"))
    erased_by = models.PositiveBigIntegerField(null=True)

    objects = EntryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return f"{self.index} · {self.kind}"

    @property
    def statement(self) -> dict[str, Any] | None:
        """What the entry states; None once it was erased, {} where it was tampered with."""
        if self.text is None:
            return None
        try:
            stated = json.loads(self.text)
        except (ValueError, RecursionError):
            return {}
        return stated if isinstance(stated, dict) else {}

    def public_tombstone(self) -> "Entry | None":
        """The entry that says that this one was erased, where everybody may read it."""
        if self.erased_by is None:
            return None
        return Entry.objects.filter(index=self.erased_by, public=True).first()


class Occasion(models.TextChoices):
    """Why a root was published."""

    DAILY = "daily", _("End of a day")
    CLOSING = "closing", _("Close of a consultation")
    EXPORT = "export", _("Export")


class Checkpoint(models.Model):
    """
    The root of the tree of the first `size` entries, published and never changed.

    `day` is the UTC day whose end it stands for; for an export, and for a day that was not over,
    the day on which it was taken. `subject` is the docket of the consultation that closed.
    """

    size = models.PositiveBigIntegerField(_("entries"))
    root = models.BinaryField(max_length=HASH_BYTES)
    day = models.DateField(_("day"))
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion)
    subject = models.CharField(_("consultation"), max_length=255, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-size", "-id"]
        verbose_name = _("published root")
        verbose_name_plural = _("published roots")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occasion", "subject", "size"], name="one_root_an_occasion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.size} · {self.root_hex[:16]}"

    @property
    def root_hex(self) -> str:
        """The root as people write it."""
        return bytes(self.root).hex()
