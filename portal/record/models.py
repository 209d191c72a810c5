"""
The record: a log to which one only adds, the roots that were published of it, and its keys.

An entry holds a day and never a time, and nobody's account: who wrote stands elsewhere or nowhere
(docs/decisions/0010-the-record.md).
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HASH_BYTES = 32
# A hash in hexadecimal, as entries are named by it.
HEX_LENGTH = 2 * HASH_BYTES


class EntryQuerySet(models.QuerySet["Entry"]):
    def placed(self) -> "EntryQuerySet":
        """Return those of days that have ended: the tree, and all that the public is shown."""
        return self.filter(index__isnull=False)

    def waiting(self) -> "EntryQuerySet":
        """Return those that get their place when the day has ended."""
        return self.filter(index__isnull=True)

    def in_order(self, batch: int = 500) -> Iterator[list["Entry"]]:
        """Placed entries of this set from the first to the last, in lists, in constant memory."""
        last = -1
        rows = self.placed().order_by("index")
        while found := list(rows.filter(index__gt=last)[:batch]):
            yield found
            assert found[-1].index is not None
            last = found[-1].index

    def all_in_lists(self, batch: int = 500) -> Iterator[list["Entry"]]:
        """
        Yield all entries of this set: those that wait, in no telling order, then the others.

        What gets its place meanwhile may come twice, and is never missed.
        """
        last = ""
        rows = self.waiting().order_by("leaf")
        while found := list(rows.filter(leaf__gt=last)[:batch]):
            yield found
            last = found[-1].leaf
        yield from self.in_order(batch)

    def day_ended_at(self, day: date) -> int:
        """Return how many placed entries the record had when a UTC day ended."""
        until = self.placed().filter(day__lte=day).order_by("-index")
        last = until.values_list("index", flat=True).first()
        return 0 if last is None else last + 1


class Entry(models.Model):
    """
    One leaf, which waits for its place until its day has ended.

    `leaf` is its hash in hexadecimal, which names it from the first moment; others refer to it by
    that. `index` is its place in the tree, None while it waits (`sequencer`). `text` is the
    statement exactly as it was hashed (`hashing.canonical`). `nodes` are the hashes of the nodes
    that this leaf completed, lowest first, one after another; so every complete node of the tree
    is in one row that follows from its place. `day` is the UTC day of what is stated, and once
    placed the day with whose entries it was placed. `public` entries are opened to everybody when
    they have their place; of the others only the hash is. `erased_by` is the leaf of the entry
    that says that this one was erased: its statement and salt are gone, its hash stays.
    """

    leaf = models.CharField(max_length=HEX_LENGTH, primary_key=True)
    index = models.IntegerField(_("number"), null=True, unique=True)
    kind = models.CharField(_("kind"), max_length=32)
    text = models.TextField(_("statement"), null=True)  # noqa: DJ001 - erased is not empty
    salt = models.BinaryField(null=True)
    nodes = models.BinaryField(default=bytes)
    day = models.DateField(_("day"))
    public = models.BooleanField(_("public"))
    erased_by = models.CharField(max_length=HEX_LENGTH, blank=True)

    objects = EntryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return f"{self.leaf[:16]} · {self.kind}"

    @property
    def leaf_hash(self) -> bytes:
        """Return the leaf as bytes."""
        return bytes.fromhex(self.leaf)

    @property
    def is_erased(self) -> bool:
        return self.erased_by != ""

    @property
    def statement(self) -> dict[str, Any] | None:
        """Return what the entry states; None once it was erased, {} where it was tampered with."""
        if self.text is None:
            return None
        try:
            stated = json.loads(self.text)
        except (ValueError, RecursionError):
            return {}
        return stated if isinstance(stated, dict) else {}

    def public_tombstone(self) -> "Entry | None":
        """Return the entry that says that this one was erased, where everybody may read it."""
        if not self.is_erased:
            return None
        return Entry.objects.placed().filter(leaf=self.erased_by, public=True).first()


class Occasion(models.TextChoices):
    """A reason to publish a root; with an export none is published any more."""

    DAILY = "daily", _("End of a day")
    CLOSING = "closing", _("Close of a consultation")
    EXPORT = "export", pgettext_lazy("a root was published with one", "Export")


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    def last_day(self) -> date | None:
        """Return the last UTC day whose entries have their places; None before the first."""
        daily = self.filter(occasion=Occasion.DAILY).order_by("-day")
        return daily.values_list("day", flat=True).first()


class Checkpoint(models.Model):
    """
    The root of the tree of the first `size` entries, published and never changed.

    `day` is the UTC day whose end it stands for; some from the record's beginnings stand for a
    moment of that day. `subject` is the docket of the consultation that closed. `signature`, made
    with the private half of `key` when it was published, binds all of that; both are empty for
    what was published before roots were signed.
    """

    size = models.PositiveBigIntegerField(_("entries"))
    root = models.BinaryField(max_length=HASH_BYTES)
    day = models.DateField(_("day"))
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion)
    subject = models.CharField(_("consultation"), max_length=255, blank=True)
    key = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)

    objects = CheckpointQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-size", "-day", "-id"]
        verbose_name = _("published root")
        verbose_name_plural = _("published roots")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occasion", "subject", "size", "day"], name="one_root_an_occasion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.size} · {self.root_hex[:16]}"

    @property
    def root_hex(self) -> str:
        """Return the root as people write it."""
        return bytes(self.root).hex()


class SigningKey(models.Model):
    """A public key that the portal signs with, as hexadecimal, and the entry that names it."""

    key = models.CharField(max_length=64, primary_key=True)
    record_leaf = models.CharField(max_length=HEX_LENGTH)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key of receipts")
        verbose_name_plural = _("keys of receipts")

    def __str__(self) -> str:
        return self.key
